import type { z } from 'zod'
import type { AccountStatusInput, PostStatusInput } from '#shared/contract/statuses.ts'
import type { TestApi } from './api.ts'

export type AccountLine = z.input<typeof AccountStatusInput>
export type PostLine = z.input<typeof PostStatusInput>
type Answer<Result> = { line: number; ok: boolean; code?: string; issues?: unknown } & Partial<Result>

const source = { name: 'vk-intake' }

/** Minutes of 1 July 2026. */
export const minute = (count: number) => new Date(Date.parse('2026-07-01T00:00:00Z') + count * 60_000).toISOString()

export function accountLine(externalId: string, status: AccountLine['status'], since: string): AccountLine {
  return { source, account: { platform: 'vk', externalId }, status, since }
}

export function postLine(externalId: string, status: PostLine['status'], since: string, caption?: string): PostLine {
  return {
    source,
    post: { platform: 'vk', externalId },
    status,
    since,
    ...(caption !== undefined && { content: { caption } }),
  }
}

/** Says lines as the platform's key does, or as `who`. */
export async function tell<Result>(
  t: TestApi,
  path: 'accounts' | 'posts',
  lines: unknown[],
  who?: Parameters<TestApi['fetch']>[2],
) {
  const headers = who ?? (await t.keyHeaders({ role: 'reviewer', sources: ['vk-intake'], kinds: ['user_report'] }))
  const body = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n')
  const response = await t.fetch(`/api/v1/${path}/status`, { method: 'POST', body }, headers)
  const text = await response.text()
  const answers = text.split('\n').filter(Boolean)
  return { status: response.status, answers: answers.map((line) => JSON.parse(line) as Answer<Result>) }
}

/** In parts of these lengths, over and over. */
export function cutIn<Item>(items: Item[], lengths: number[]): Item[][] {
  const parts: Item[][] = []
  for (let start = 0, turn = 0; start < items.length; turn += 1) {
    const length = lengths[turn % lengths.length]!
    parts.push(items.slice(start, start + length))
    start += length
  }
  return parts
}
