import { cruise, format } from 'dependency-cruiser'
import extractConfig from 'dependency-cruiser/config-utl/extract-depcruise-config'
import extractTsConfig from 'dependency-cruiser/config-utl/extract-ts-config'

/** Fewer modules than this were certainly not all of them: the tool passes quietly when it cannot read TypeScript. */
const leastModules = 50

const config = await extractConfig('./.dependency-cruiser.cjs')
const { output } = await cruise(
  ['client', 'server', 'shared', 'test'],
  { ruleSet: config as never, ...(config as { options?: object }).options, outputType: 'json' },
  undefined,
  { tsConfig: extractTsConfig('tsconfig.json') },
)
const result = typeof output === 'string' ? JSON.parse(output) : output
const report = await format(result, { outputType: 'err' })
console.log(report.output)
const seen: number = result.summary.totalCruised
if (seen < leastModules) console.error(`Only ${seen} modules were read; there must be at least ${leastModules}.`)
process.exitCode = seen < leastModules || result.summary.error > 0 ? 1 : 0
