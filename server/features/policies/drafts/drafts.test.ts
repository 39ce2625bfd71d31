import { describe, expect, it } from 'vitest'
import { sealEvents } from '#server/features/audit/audit.queries.ts'
import { putInForce } from '#server/jobs/put-in-force.ts'
import { decideReview } from '#shared/contract/decisions.ts'
import { listPolicies } from '#shared/contract/policies.ts'
import * as contract from '#shared/contract/policy-drafts.ts'
import { claimReview } from '#shared/contract/reviews.ts'
import { useTestApi } from '#test/support/api.ts'
import { createReview } from '#test/support/factories.ts'

const t = useTestApi()
const clientId = () => crypto.randomUUID()
const nobody = '01900000-0000-7000-8000-000000000000'

const writer = () => t.as('supervisor')
const reader = () => t.second('supervisor')

const open = (policyId: string) => writer()(contract.openDraft, { body: { clientId: clientId(), policyId } })

type Draft = Awaited<ReturnType<typeof open>>

function save(draft: Pick<Draft, 'id' | 'revision' | 'content'>, part: Partial<Draft['content']>, change = 'Clearer.') {
  const content = { ...draft.content, ...part }
  const body = { clientId: clientId(), revision: draft.revision, content, change, wantedFrom: null }
  return writer()(contract.saveDraft, { params: { draftId: draft.id }, body })
}

async function asked(policyId: string, part: Partial<Draft['content']> = { description: `New words ${clientId()}.` }) {
  const draft = await open(policyId)
  const { revision } = await save(draft, part)
  return ask(draft.id, revision)
}

const ask = (draftId: string, revision: number) =>
  writer()(contract.askAboutDraft, { params: { draftId }, body: { clientId: clientId(), revision } })

const publish = (draft: Pick<Draft, 'id' | 'revision'>, inForceFrom: Date | null = null, by = reader()) =>
  by(contract.publishDraft, {
    params: { draftId: draft.id },
    body: { clientId: clientId(), revision: draft.revision, inForceFrom: inForceFrom?.toISOString() ?? null },
  })

async function inForce(policyId: string) {
  const { items } = await t.as('reviewer')(listPolicies, {})
  return items.find(({ id }) => id === policyId)
}

async function decideUnder(policyId: string, version: number) {
  const review = await createReview(t.db)
  const reviewId = review.id as never
  const held = await t.as('reviewer')(claimReview, { params: { reviewId }, body: { clientId: clientId() } })
  const body = {
    clientId: clientId(),
    version: held.version,
    snapshotId: review.snapshot_id,
    outcome: 'violation' as const,
    clause: { id: policyId, version },
    exemption: null,
    purposeWeighed: true,
    measures: [],
    rationale: 'It does.',
    handlingMs: 1,
  }
  return t.as('reviewer')(decideReview, { params: { reviewId }, body })
}

const refusedWith = (code: string, path?: string) => ({
  body: { code, ...(path && { issues: expect.arrayContaining([expect.objectContaining({ path })]) }) },
})

describe('a draft', () => {
  it('answers 401 to strangers, and 403 to those who may not', async () => {
    const body = { clientId: clientId(), policyId: 'spam.scam' }
    await expect(t.anonymous(contract.openDraft, { body })).rejects.toMatchObject({ status: 401 })
    await expect(t.as('admin')(contract.openDraft, { body })).rejects.toMatchObject({ status: 403 })
    await expect(t.as('reviewer')(contract.listDrafts, {})).rejects.toMatchObject({ status: 403 })
    const act = { params: { draftId: nobody }, body: { clientId: clientId(), revision: 1, inForceFrom: null } }
    await expect(t.as('auditor')(contract.publishDraft, act)).rejects.toMatchObject({ status: 403 })
    await expect(reader()(contract.publishDraft, act)).rejects.toMatchObject({ status: 404 })
  })

  it('is one a clause, begins with what is in force, and changes nothing of it', async () => {
    const draft = await open('spam.scam')
    expect(draft).toMatchObject({ state: 'draft', basedOn: 1, revision: 1, content: { label: expect.any(String) } })
    await expect(open('spam.scam')).rejects.toMatchObject(refusedWith('draft_exists'))
    await expect(open('no.such')).rejects.toMatchObject({ status: 404 })
    await save(draft, { label: 'Something else' })
    expect((await inForce('spam.scam'))?.current.label).not.toBe('Something else')
    const { items } = await t.as('auditor')(contract.listDrafts, {})
    expect(items).toContainEqual(expect.objectContaining({ id: draft.id, revision: 2, state: 'draft' }))
  })

  it('refuses to be written over by somebody who read an earlier revision, and answers a repeat as before', async () => {
    const draft = await open('hate.slur')
    const body = { clientId: clientId(), revision: 1, content: draft.content, change: '', wantedFrom: null }
    const params = { draftId: draft.id }
    const first = await writer()(contract.saveDraft, { params, body })
    expect(await writer()(contract.saveDraft, { params, body })).toEqual(first)
    const late = reader()(contract.saveDraft, { params, body: { ...body, clientId: clientId() } })
    await expect(late).rejects.toMatchObject(refusedWith('version_changed'))
  })

  it('says what it lacks before anybody is asked', async () => {
    const body = {
      clientId: clientId(),
      newClause: { id: 'test.lacking', kind: 'clause' as const, code: '9.71', sectionName: 'Tests' },
    }
    const draft = await writer()(contract.openDraft, { body })
    const paths = ['content.shortName', 'content.label', 'content.signs', 'content.usualMeasures', 'change']
    for (const path of paths) {
      await expect(ask(draft.id, 1)).rejects.toMatchObject(refusedWith('invalid_request', path))
    }
    const again = writer()(contract.openDraft, { body: { ...body, clientId: clientId() } })
    await expect(again).rejects.toMatchObject(refusedWith('invalid_request', 'newClause.id'))
    const params = { draftId: draft.id }
    const gone = await writer()(contract.discardDraft, { params, body: { clientId: clientId(), revision: 1 } })
    expect(gone.state).toBe('discarded')
    await expect(save(draft, {})).rejects.toMatchObject(refusedWith('draft_closed'))
  })

  it('stands still while it waits, is taken back by its writers and sent back by others with a comment', async () => {
    const draft = await asked('abuse.harassment')
    await expect(save(draft, {})).rejects.toMatchObject(refusedWith('draft_closed'))
    const params = { draftId: draft.id }
    const body = () => ({ clientId: clientId(), revision: draft.revision })
    expect(await writer()(contract.takeBackDraft, { params, body: body() })).toMatchObject({ state: 'draft' })
    const { revision } = await ask(draft.id, draft.revision)
    const comment = 'Name a sign that people can see.'
    const own = writer()(contract.sendBackDraft, { params, body: { clientId: clientId(), revision, comment } })
    await expect(own).rejects.toMatchObject({ status: 403, ...refusedWith('own_work') })
    const silent = reader()(contract.sendBackDraft, { params, body: { clientId: clientId(), revision, comment: ' ' } })
    await expect(silent).rejects.toMatchObject(refusedWith('invalid_request', 'comment'))
    const sent = await t.as('admin')(contract.sendBackDraft, {
      params,
      body: { clientId: clientId(), revision, comment },
    })
    expect(sent.state).toBe('draft')
    expect(sent.steps.map(({ kind }) => kind)).toEqual(['opened', 'asked', 'taken_back', 'asked', 'sent_back'])
    expect(sent.steps.at(-1)).toMatchObject({ byId: t.person('admin').id, comment })
  })
})

describe('publishing', () => {
  it('is refused to everybody who wrote on the draft, and for a time that is past', async () => {
    const draft = await asked('abuse.insult')
    await expect(publish(draft, null, writer())).rejects.toMatchObject({ status: 403, ...refusedWith('own_work') })
    const past = publish(draft, new Date(t.deps.now().getTime() - 60_000))
    await expect(past).rejects.toMatchObject(refusedWith('invalid_request', 'inForceFrom'))
    const done = await publish(draft)
    expect(done).toMatchObject({ state: 'published', version: draft.basedOn + 1 })
    await expect(publish(draft)).rejects.toMatchObject(refusedWith('draft_closed'))
  })

  it('leaves past decisions with the version of their day, and lets new ones cite the new one only', async () => {
    const before = await decideUnder('spam.scam', 1)
    const first = (await reader()(contract.listDrafts, {})).items.find(({ policyId }) => policyId === 'spam.scam')!
    const whole = await writer()(contract.getDraft, { params: { draftId: first.id } })
    const { revision } = await save(whole, { label: 'Scam and fraud', strikeWeight: 3 })
    await publish(await ask(whole.id, revision))
    expect(await inForce('spam.scam')).toMatchObject({
      current: { version: 2, label: 'Scam and fraud', strikeWeight: 3, publishedById: t.secondPerson('supervisor').id },
      earlier: [{ version: 1 }],
    })
    await expect(decideUnder('spam.scam', 1)).rejects.toMatchObject(refusedWith('invalid_request', 'clause'))
    const after = await decideUnder('spam.scam', 2)
    expect([before.decision.clause?.version, after.decision.clause?.version]).toEqual([1, 2])
  })

  it('is in force exactly from its time on, whether or not the job ran', async () => {
    t.stopClock()
    const draft = await asked('spam.unsolicited', { shortName: 'Bulk', needsPurposeTest: true })
    const from = new Date(t.deps.now().getTime() + 60_000)
    await publish(draft, from)
    t.travel(59_999)
    expect((await inForce('spam.unsolicited'))?.current.version).toBe(1)
    await decideUnder('spam.unsolicited', 1)
    const { items } = await t.as('admin')(contract.listDrafts, {})
    expect(items).toContainEqual(expect.objectContaining({ id: draft.id, inForceSince: from.toISOString() }))
    t.travel(1)
    expect(await inForce('spam.unsolicited')).toMatchObject({ needsPurposeTest: true, current: { version: 2 } })
    await expect(decideUnder('spam.unsolicited', 1)).rejects.toMatchObject(refusedWith('invalid_request', 'clause'))
    await decideUnder('spam.unsolicited', 2)
    const row = () =>
      t.db.selectFrom('policy').selectAll().where('id', '=', 'spam.unsolicited').executeTakeFirstOrThrow()
    expect((await row()).current_version).toBe(1)
    expect([await putInForce(t.deps), await putInForce(t.deps)]).toEqual([1, 0])
    expect(await row()).toMatchObject({ current_version: 2, short_name: 'Bulk', needs_purpose_test: true })
  })

  it('adds a clause and retires one: the first is cited from its day on, the other no more', async () => {
    const newClause = { id: 'test.added', kind: 'clause' as const, code: '9.72', sectionName: 'Tests' }
    const blank = await writer()(contract.openDraft, { body: { clientId: clientId(), newClause } })
    const part = {
      shortName: 'Added',
      label: 'Added',
      description: 'Says so.',
      signs: ['One'],
      usualMeasures: ['None'],
    }
    const { revision } = await save(blank, part)
    await publish(await ask(blank.id, revision), new Date(t.deps.now().getTime() + 1_000))
    expect(await inForce('test.added')).toBeUndefined()
    await expect(decideUnder('test.added', 1)).rejects.toMatchObject(refusedWith('invalid_request', 'clause'))
    t.travel(1_000)
    await decideUnder('test.added', 1)

    const body = { clientId: clientId(), policyId: 'test.added', isRetired: true }
    const retiring = await writer()(contract.openDraft, { body })
    const saved = await save(retiring, {}, 'Nobody cites it.')
    await publish(await ask(retiring.id, saved.revision))
    expect(await inForce('test.added')).toMatchObject({ isRetired: true, current: { version: 2 } })
    await expect(decideUnder('test.added', 2)).rejects.toMatchObject(refusedWith('invalid_request', 'clause'))
  })

  it('stands in the log step by step, with hashes and no text', async () => {
    await sealEvents(t.db)
    const events = await t.db.selectFrom('event').selectAll().where('subject_kind', 'like', 'policy%').execute()
    const kinds = new Set(events.map(({ kind }) => kind))
    for (const kind of ['opened', 'saved', 'asked', 'taken_back', 'sent_back', 'discarded']) {
      expect(kinds).toContain(`policy_draft.${kind}`)
    }
    for (const kind of ['version_published', 'came_into_force', 'retired']) expect(kinds).toContain(`policy.${kind}`)
    expect(JSON.stringify(events)).not.toContain('Scam and fraud')
  })
})

describe('the policy as a file', () => {
  it('goes out whole, and comes back as drafts of what differs, after a dry run that keeps nothing', async () => {
    const file = await t.as('auditor')(contract.exportPolicy, {})
    const [first, second] = file.clauses
    const clauses = [
      { ...first!, content: { ...first!.content, label: 'Imported words' } },
      { ...second!, code: '8.88' },
      { ...first!, id: 'test.imported', code: '9.73' },
      { ...first!, id: 'test.imported', code: '9.74' },
      ...file.clauses.slice(2),
    ]
    const send = (isDryRun: boolean) =>
      writer()(contract.importPolicy, { body: { clientId: clientId(), isDryRun, file: { ...file, clauses } } })
    const dry = await send(true)
    const whats = dry.items.slice(0, 5).map(({ what, problem }) => [what, problem])
    expect(whats).toEqual([
      ['changed', null],
      ['refused', 'code_differs'],
      ['new', null],
      ['refused', 'twice'],
      ['same', null],
    ])
    expect(dry.items[0]?.fields).toEqual(['label'])
    const openNow = async () => (await writer()(contract.listDrafts, {})).items.map(({ policyId }) => policyId)
    expect(await openNow()).not.toContain('test.imported')
    const done = await send(false)
    expect(done.items.filter(({ draftId }) => draftId).map(({ id }) => id)).toEqual([first!.id, 'test.imported'])
    expect(await openNow()).toEqual(expect.arrayContaining([first!.id, 'test.imported']))
    expect((await inForce(first!.id))?.current.label).not.toBe('Imported words')
    expect((await send(false)).items[0]?.what).toBe('waiting')
  })

  it('is refused when it is not such a file, with the place that is wrong', async () => {
    const file = await t.as('supervisor')(contract.exportPolicy, {})
    const wrong = {
      ...file,
      clauses: [{ ...file.clauses[0]!, content: { ...file.clauses[0]!.content, strikeWeight: 99 } }],
    }
    const sent = writer()(contract.importPolicy, { body: { clientId: clientId(), isDryRun: true, file: wrong } })
    await expect(sent).rejects.toMatchObject(refusedWith('invalid_request', 'file.clauses.0.content.strikeWeight'))
  })
})
