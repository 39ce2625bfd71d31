import { sql } from 'kysely'
import { ReviewSort } from '#shared/contract/reviews.ts'
import { type Asked, askInTurn, describeSlowest } from './ask-lists.ts'
import type { Bench } from './benches.ts'
import { atMost, percentile } from './result.ts'
import type { World } from './world.ts'

const rounds = 3

/** Twenty ways to narrow the list, from a fifth of it to a handful, each in every order, two pages deep. */
export const filter: Bench = async (world) => {
  const [reviewer] = await world.people('supervisor', 1)
  const sets = Object.entries(await findSets(world))
  const asked: Asked[] = sets.flatMap(([name, query]) =>
    ReviewSort.options.map((sort) => ({ name, query: `${query}&sort=${sort}` })),
  )
  await askInTurn(world, reviewer!, asked)
  const samples = []
  for (let round = 0; round < rounds; round += 1) samples.push(...(await askInTurn(world, reviewer!, asked)))

  const hits = new Map(samples.flatMap(({ name, count }) => (count ? [[name, count.value] as const] : [])))
  const sparse = [...hits.values()].filter((value) => value < 50).length
  const times = samples.map(({ ms }) => ms)
  const detail = `${sets.length} filter sets, ${sparse} with fewer than 50 hits, ${samples.length} pages`
  return [
    atMost(100, { name: 'filter p99', value: percentile(times, 0.99), unit: 'ms', detail }),
    atMost(100, {
      name: 'filter slowest set p50',
      ...describeSlowest(samples, hits),
      unit: 'ms',
    }),
  ]
}

/** By name, as the address says them. What depends on what was seeded is looked up. */
async function findSets({ db }: World): Promise<Record<string, string>> {
  const rare = await db
    .selectFrom('review')
    .select('language')
    .where('language', 'is not', null)
    .groupBy('language')
    .orderBy(sql`count(*)`)
    .limit(1)
    .executeTakeFirstOrThrow()
  const reporter = async (n: number) =>
    (await db.selectFrom('reporter').select('id').where('external_id', '=', `reporter-${n}`).executeTakeFirstOrThrow())
      .id
  const { account_id } = await db.selectFrom('review').select('account_id').limit(1).executeTakeFirstOrThrow()
  const hour = {
    from: new Date(Date.now() - 100 * 86_400_000),
    to: new Date(Date.now() - 100 * 86_400_000 + 3_600_000),
  }
  const all = 'state=open&state=on_hold&state=escalated&state=confirming&state=decided'
  return {
    'unsorted, waiting': 'policy=unsorted',
    'a queue and a language': 'queue=hate&language=en',
    'rare language, blocked': `language=${rare.language}&accountStatus=blocked`,
    'seen by nearly a million': 'reachMin=990000',
    'a classifier is sure': 'source=classifier&scoreMin=0.99',
    'ordered by an authority': 'source=removal_order',
    'a place': 'claimedPlace=Mosul, 17',
    'threat to life': 'isThreat=true',
    'new account with pictures': 'isNewAccount=true&hasMedia=true',
    'a busy reporter': `reporter=${await reporter(0)}&mediaKind=video`,
    'decided, rare language': `state=decided&language=${rare.language}`,
    'decided as satire': 'state=decided&outcome=exempt&exemption=satire&platform=vk',
    'decided by one person': 'state=decided&decidedBy=bench-39&outcome=violation&accountStatus=deleted',
    'decided in one hour': `state=decided&decidedFrom=${hour.from.toISOString()}&decidedTo=${hour.to.toISOString()}`,
    'decided, ordered by an authority': 'state=decided&source=removal_order&mediaKind=image',
    'decided, with sound': 'state=decided&mediaKind=audio&accountStatus=limited&platform=telegram',
    'decided, pictures of one platform': 'state=decided&hasMedia=true&platform=vk&accountStatus=active',
    'decided, five facts': `state=decided&language=${rare.language}&platform=forum&accountStatus=deleted&policy=hate.incitement&queue=safety`,
    'one account': `${all}&account=${account_id}`,
    'a quiet reporter': `${all}&reporter=${await reporter(4_900)}`,
  }
}
