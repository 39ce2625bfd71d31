import { parseArgs } from 'node:util'
import { benches } from './benches.ts'
import { openWorld } from './world.ts'

/**
 * Measures the budgets: `npm run bench -- [--json] [--posts N] [--captions FILE] [name…]`. Nothing here is a test: figures
 * depend on the machine and are printed beside their bars.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    posts: { type: 'string', default: '1000000' },
    captions: { type: 'string' },
  },
})

const names = positionals.length > 0 ? positionals : Object.keys(benches)
const unknown = names.filter((name) => !(name in benches))
if (unknown.length > 0) {
  console.error(`There is no bench ${unknown.join(', ')}. There are: ${Object.keys(benches).join(', ')}.`)
  process.exit(1)
}

const world = await openWorld({ posts: Number(values.posts), captions: values.captions ?? null })
let failed = 0
try {
  for (const name of names) {
    for (const result of await benches[name]!(world)) {
      if (!result.ok) failed += 1
      console.log(values.json ? JSON.stringify(result) : line(result))
    }
  }
} finally {
  await world.close()
}
console.error(failed === 0 ? 'Every bar is met.' : `${failed} short of the bar.`)
process.exit(0)

function line({ name, value, unit, bar, ok, detail }: Awaited<ReturnType<(typeof benches)[string]>>[number]) {
  const figure = `${Number(value.toPrecision(3)).toLocaleString('en')} ${unit}`
  return `${ok ? '✓' : '✗'} ${name.padEnd(28)} ${figure.padStart(18)}   bar ${bar.padEnd(14)} ${detail}`
}
