import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import { everything } from '#server/features/review/scope.queries.ts'
import { insertPassword, insertPerson } from '#server/features/team/team.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import { keepMedia } from '#server/media/keep-media.ts'
import { FlagInput } from '#shared/contract/flags.ts'
import { receiveFlags } from '../receive-flags.ts'
import { sampleReasons } from './canned-reasons.ts'
import { findVersionsInForce } from './demo.queries.ts'
import { type SamplePersonKey, samplePassword, samplePeople } from './people.ts'
import { type Desk, type Replay, replayAct } from './replay-act.ts'
import { nameOf, planReplay } from './replay-plan.ts'
import { type Ago, mediaFolder, readFlags, readHistory, type SampleFlag, subjectsOf, toFlag } from './sample.ts'
import { loadAppeals } from './sample-appeals.ts'
import { sampleTemplates } from './sample-templates.ts'
import { before, storyFlags } from './story.ts'
import { storyHistory } from './story-history.ts'
import { sampleTerms } from './terms.ts'

/**
 * Fills an empty database with the sample, as if it had come in over the past weeks: flags through intake, decisions and
 * notes through the desk, each at its own time. The event log is not bent: it says that all of it was recorded now.
 */
export async function loadSample(deps: Deps, desk: Desk): Promise<{ flags: number; acts: number }> {
  const start = deps.now().getTime()
  const timeOf = (ago: Ago) => new Date(start - ago * 60_000)
  const flags = [...storyFlags, ...(await readFlags())]
  const acts = [...storyHistory, ...(await readHistory())]
  const people = await addPeople(deps)
  const hashes = await keepPictures(deps, flags)
  await addTerms({ deps, desk, by: people.marta, timeOf })
  for (const reason of sampleReasons) {
    const words = { ...reason, clientId: randomUUID(), isWithdrawn: false, supersedesId: null }
    await desk.writeReason({ ...deps, now: () => timeOf(before(40)) }, people.marta, words)
  }
  for (const template of sampleTemplates) {
    const words = { ...template, clientId: randomUUID(), isWithdrawn: false, supersedes: null }
    await desk.writeTemplate({ ...deps, now: () => timeOf(before(40)) }, people.marta, words)
  }
  const versions = await findVersionsInForce(deps.db)
  const replay: Replay = { deps, desk, people, versions, timeOf, noteIds: new Map(), sweptAt: Infinity }
  // People work beside the intake: an act waits for the acts before it, flags only for acts about the same subject.
  let acting = Promise.resolve()
  const lastAct = new Map<string, Promise<void>>()
  for (const step of planReplay(flags, acts)) {
    if ('act' in step) {
      acting = acting.then(() => replayAct(replay, step.act))
      acting.catch(() => {})
      lastAct.set(nameOf(step.act), acting)
    } else {
      await Promise.all(step.flags.flatMap(subjectsOf).map((name) => lastAct.get(name)))
      await takeIn(deps, step.flags, { hashes, start: new Date(start), now: timeOf(step.at) })
    }
  }
  await acting
  await desk.sweepOutbox(deps)
  await loadAppeals(replay)
  await desk.sweepOutbox(deps)
  return { flags: flags.length, acts: acts.length }
}

async function addPeople(deps: Deps): Promise<Record<SamplePersonKey, Caller>> {
  const hash = await (await deps.auth.context).password.hash(samplePassword)
  const callers = await deps.db.transaction().execute(async (tx) => {
    const added: [string, Caller][] = []
    for (const [key, person] of Object.entries(samplePeople)) {
      const id = await insertPerson(tx, person)
      if (!id) throw new Error(`Somebody has the e-mail ${person.email} already: the sample wants an empty database.`)
      await insertPassword(tx, id, hash)
      const caller = { id, ...person, key: null, scope: everything }
      const subject = { kind: 'person', id }
      await appendEvents(tx, [{ kind: 'person.joined', by: caller, subject, data: { role: person.role } }])
      added.push([key, caller])
    }
    return added
  })
  return Object.fromEntries(callers) as Record<SamplePersonKey, Caller>
}

type Writing = Pick<Replay, 'deps' | 'desk' | 'timeOf'> & { by: Caller }

async function addTerms({ deps, desk, timeOf, by }: Writing): Promise<void> {
  for (const { at, content, later } of sampleTerms) {
    const added = await desk.addTerm({ ...deps, now: () => timeOf(at) }, by, { ...content, clientId: randomUUID() })
    if (!later) continue
    const changed = { ...later.content, clientId: randomUUID(), version: added.version, change: later.change }
    await desk.changeTerm({ ...deps, now: () => timeOf(later.at) }, by, added.id, changed)
  }
}

/** Newest posts first: what is stored first is derived first. */
async function keepPictures(deps: Deps, flags: SampleFlag[]): Promise<Map<string, string>> {
  const newest = flags.toSorted((a, b) => a.flaggedAt - b.flaggedAt)
  const files = new Set(newest.flatMap(({ post }) => post?.media?.map(({ file }) => file) ?? []))
  const hashes = new Map<string, string>()
  for (const file of files) {
    const bytes = await readFile(resolve(mediaFolder, file))
    const { sha256 } = await keepMedia(deps, { bytes, by: null, now: deps.now() })
    hashes.set(file, sha256)
  }
  return hashes
}

type Moment = { hashes: ReadonlyMap<string, string>; start: Date; now: Date }

async function takeIn(deps: Deps, flags: SampleFlag[], { hashes, start, now }: Moment): Promise<void> {
  const sent = flags.map((flag) => {
    const wire = toFlag(flag, start, hashes)
    return { input: FlagInput.parse(wire), raw: JSON.stringify(wire) }
  })
  const results = await receiveFlags(deps, { by: null, flags: sent, now })
  const refused = results.find((result) => result instanceof AppError)
  if (refused) throw refused
}
