import { readFile } from 'node:fs/promises'
import { request } from 'node:http'
import type { ExportFormat } from '#shared/contract/exports.ts'
import type { Bench } from './benches.ts'
import { atLeast, atMost } from './result.ts'
import type { World } from './world.ts'

type Bars = { least: number; mostMb: number }

/** Every review there is, as a file of this format, while the server's memory is watched. */
function exportAll(name: string, format: ExportFormat, { least, mostMb }: Bars): Bench {
  return async (world) => {
    const [supervisor] = await world.people('supervisor', 1)
    const query = 'state=open&state=on_hold&state=escalated&state=confirming&state=decided'
    const url = `${world.url}/api/v1/exports/reviews.${format}?${query}`
    const sizes: number[] = []
    const watch = setInterval(async () => void sizes.push(await residentMb(world)), 100)
    const from = performance.now()
    const { bytes, status } = await drain(url, supervisor!.headers)
    const seconds = (performance.now() - from) / 1_000
    clearInterval(watch)
    if (status !== 200) throw new Error(`The export answered ${status}.`)
    const rate = world.posts / seconds
    const half = Math.floor(sizes.length / 2)
    const [first, second] = [Math.max(...sizes.slice(0, half)), Math.max(...sizes.slice(half))]
    return [
      atLeast(least, {
        name,
        value: rate,
        unit: 'rows/s',
        detail: `${world.posts.toLocaleString('en')} rows, ${(bytes / 1e6).toFixed(0)} MB in ${seconds.toFixed(1)} s`,
      }),
      atMost(mostMb, {
        name: `${name} memory`,
        value: Math.max(first, second),
        unit: 'MB',
        detail: 'largest resident size of the server',
      }),
      atMost(40, {
        name: `${name} growth`,
        value: Math.max(0, second - first),
        unit: 'MB',
        detail: 'the second half of the rows beyond the first',
      }),
    ]
  }
}

/** Pages to print are none of these: of them there are 50,000 rows at most. */
export const exportBenches: Record<string, Bench> = {
  export: exportAll('export', 'csv', { least: 120_000, mostMb: 300 }),
  'export-jsonl': exportAll('export-jsonl', 'jsonl', { least: 60_000, mostMb: 300 }),
  'export-parquet': exportAll('export-parquet', 'parquet', { least: 25_000, mostMb: 400 }),
  'export-xlsx': exportAll('export-xlsx', 'xlsx', { least: 20_000, mostMb: 400 }),
}

/** Cut off where the server does, which must not look whole. */
function drain(url: string, headers: Record<string, string>) {
  return new Promise<{ bytes: number; status: number }>((settle, fail) => {
    const req = request(url, { headers }, (res) => {
      let bytes = 0
      res.on('data', (part: Buffer) => {
        bytes += part.length
      })
      res.on('end', () => settle({ bytes, status: res.statusCode ?? 0 }))
      res.on('error', fail)
    })
    req.on('error', fail)
    req.end()
  })
}

async function residentMb({ pid }: World): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1_024
}
