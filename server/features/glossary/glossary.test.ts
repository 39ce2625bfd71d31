import { describe, expect, it } from 'vitest'
import type { Endpoint } from '#shared/contract/endpoint.ts'
import {
  addTerm,
  changeTerm,
  getGlossaryForms,
  getTerm,
  getTermOutcomes,
  importTerms,
  listTerms,
  previewTerm,
  retireTerm,
  type TermContent,
} from '#shared/contract/glossary.ts'
import { Role } from '#shared/domain/permissions.ts'
import { useTestApi } from '#test/support/api.ts'
import { createDecision, createReview } from '#test/support/factories.ts'

const t = useTestApi()
const nobody = '01900000-0000-7000-8000-000000000000'
const clientId = () => crypto.randomUUID()

let words = 0
/** Each test has terms of its own. */
const newWord = () => `слово${'абвгдежзиклмн'[words++ % 13]}${'опрстуфхцчшщ'[Math.floor(words / 13)]}`

function buildTerm(overrides: Partial<TermContent> = {}): TermContent {
  const headword = overrides.headword ?? newWord()
  return {
    headword,
    language: 'ru',
    clause: 'tve.recruitment',
    forms: [{ text: headword, language: 'ru', endings: 'noun' }],
    senses: [
      { meaning: 'In recruitment material: any secular state.', isCoded: true, examples: [] },
      { meaning: 'A word of theology.', isCoded: false, examples: ['Так учит книга.'] },
    ],
    sources: [{ citation: 'House note', url: null }],
    ...overrides,
  }
}

const add = (overrides?: Partial<TermContent>) =>
  t.as('supervisor')(addTerm, { body: { ...buildTerm(overrides), clientId: clientId() } })

const eventsOf = (id: string) =>
  t.db
    .selectFrom('event')
    .select(['kind', 'person_id', 'subject_version', 'data'])
    .where('subject_id', '=', id)
    .orderBy('id')
    .execute()

const managing: [string, () => [Endpoint, object]][] = [
  ['add', () => [addTerm, { body: { ...buildTerm(), clientId: clientId() } }]],
  [
    'change',
    () => [
      changeTerm,
      { params: { termId: nobody }, body: { ...buildTerm(), clientId: clientId(), version: 1, change: null } },
    ],
  ],
  [
    'retire',
    () => [
      retireTerm,
      { params: { termId: nobody }, body: { clientId: clientId(), version: 1, isRetired: true, change: null } },
    ],
  ],
  ['preview', () => [previewTerm, { body: { forms: buildTerm().forms } }]],
  ['import', () => [importTerms, { body: { clientId: clientId(), terms: [buildTerm()] } }]],
]

describe('the glossary', () => {
  it.each(managing)('answers 401 to a stranger and 403 to all but supervisors who would %s', async (_name, call) => {
    const [endpoint, args] = call()
    await expect(t.anonymous(endpoint as never, args as never)).rejects.toMatchObject({ status: 401 })
    for (const role of Role.options.filter((each) => each !== 'supervisor')) {
      await expect(t.as(role)(endpoint as never, args as never), role).rejects.toMatchObject({
        status: 403,
        body: { code: 'forbidden' },
      })
    }
  })

  it.each([listTerms, getGlossaryForms])('answers 401 to a stranger at $path', async (endpoint) => {
    await expect(t.anonymous(endpoint, {})).rejects.toMatchObject({ status: 401 })
  })

  it.each(Role.options)('is read by a %s', async (role) => {
    const term = await add()
    const { items } = await t.as(role)(listTerms, {})
    expect(items.find(({ id }) => id === term.id)).toMatchObject({ headword: term.headword, version: 1 })
    expect(await t.as(role)(getTerm, { params: { termId: term.id } })).toMatchObject({ earlier: [] })
  })
})

describe('addTerm', () => {
  it('keeps all that was written, says who and writes it to the log', async () => {
    const content = buildTerm()
    const term = await add(content)
    expect(term).toMatchObject({ ...content, version: 1, isRetired: false, earlier: [], change: null })
    expect(term.addedById).toBe(t.person('supervisor').id)
    expect(await eventsOf(term.id)).toEqual([
      {
        kind: 'term.added',
        person_id: t.person('supervisor').id,
        subject_version: 1,
        data: { headword: content.headword, language: 'ru' },
      },
    ])
  })

  it('adds once however often it is sent', async () => {
    const body = { ...buildTerm(), clientId: clientId() }
    const both = await Promise.all([1, 2].map(() => t.as('supervisor')(addTerm, { body })))
    expect(both[0]).toEqual(both[1])
  })

  it('refuses a headword that is there, in any case, once of two at the same time', async () => {
    const headword = newWord()
    const results = await Promise.allSettled([add({ headword }), add({ headword: headword.toUpperCase() })])
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(results.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { status: 400, body: { code: 'invalid_request', issues: [{ path: 'headword' }] } },
    })
    expect(await add({ headword, language: 'kk' })).toMatchObject({ headword })
  })

  it('refuses a clause that is none', async () => {
    for (const clause of ['no.such', 'satire']) {
      await expect(add({ clause }), clause).rejects.toMatchObject({
        status: 400,
        body: { code: 'invalid_request', issues: [{ path: 'clause' }] },
      })
    }
  })

  it('refuses what marks nothing and links that are none', async () => {
    const empty = { text: '|', language: 'ru', endings: 'noun' } as const
    await expect(add({ forms: [empty] })).rejects.toMatchObject({ status: 400 })
    await expect(add({ forms: [] })).rejects.toMatchObject({ status: 400 })
    await expect(add({ senses: [] })).rejects.toMatchObject({ status: 400 })
    const url = 'javascript:alert(1)'
    await expect(add({ sources: [{ citation: 'Here', url }] })).rejects.toMatchObject({ status: 400 })
  })
})

describe('changeTerm', () => {
  const change = (termId: string, version: number, overrides: Partial<TermContent> = {}) =>
    t.as('supervisor')(changeTerm, {
      params: { termId },
      body: { ...buildTerm(overrides), clientId: clientId(), version, change: 'Another sense.' },
    })

  it('keeps the wording before under the new one', async () => {
    const term = await add()
    const changed = await change(term.id, 1, { headword: term.headword, clause: null })
    expect(changed).toMatchObject({ version: 2, clause: null, change: 'Another sense.' })
    expect(changed.earlier).toMatchObject([{ version: 1, clause: 'tve.recruitment', change: null }])
    expect((await eventsOf(term.id)).map(({ kind, subject_version }) => [kind, subject_version])).toEqual([
      ['term.added', 1],
      ['term.changed', 2],
    ])
  })

  it('refuses a stale version and a term that is none', async () => {
    const term = await add()
    await change(term.id, 1, { headword: term.headword })
    await expect(change(term.id, 1)).rejects.toMatchObject({ status: 409, body: { code: 'version_changed' } })
    await expect(change(nobody, 1)).rejects.toMatchObject({ status: 404, body: { code: 'not_found' } })
  })

  it('refuses the headword of another term', async () => {
    const [one, other] = [await add(), await add()]
    await expect(change(one.id, 1, { headword: other.headword })).rejects.toMatchObject({ status: 400 })
  })

  it('lets nobody rewrite or erase what was written', async () => {
    const term = await add()
    const versions = t.db.updateTable('term_version').set({ headword: 'x' }).where('term_id', '=', term.id)
    await expect(versions.execute()).rejects.toThrow('permission denied')
    await expect(t.db.deleteFrom('term_version').execute()).rejects.toThrow('permission denied')
  })
})

describe('retireTerm', () => {
  const retire = (termId: string, version: number, isRetired: boolean) =>
    t.as('supervisor')(retireTerm, {
      params: { termId },
      body: { clientId: clientId(), version, isRetired, change: null },
    })

  it('takes a term out of the marks and puts it back', async () => {
    const term = await add()
    const marks = async () => (await t.as('reviewer')(getGlossaryForms, {})).terms!.some(({ id }) => id === term.id)
    expect(await marks()).toBe(true)
    expect(await retire(term.id, 1, true)).toMatchObject({ version: 2, isRetired: true })
    expect(await marks()).toBe(false)
    expect(await retire(term.id, 2, false)).toMatchObject({ version: 3, isRetired: false })
    expect(await marks()).toBe(true)
    expect((await eventsOf(term.id)).map(({ kind }) => kind)).toEqual(['term.added', 'term.retired', 'term.restored'])
  })

  it('refuses a stale version, a term that is none, and one whose headword is taken by then', async () => {
    const term = await add()
    await retire(term.id, 1, true)
    await expect(retire(term.id, 1, true)).rejects.toMatchObject({ body: { code: 'version_changed' } })
    await expect(retire(nobody, 1, true)).rejects.toMatchObject({ body: { code: 'not_found' } })
    await add({ headword: term.headword })
    await expect(retire(term.id, 2, false)).rejects.toMatchObject({ status: 400 })
  })
})

describe('getGlossaryForms', () => {
  it('sends nothing again while nothing changed', async () => {
    const { version } = await t.as('reviewer')(getGlossaryForms, {})
    expect(await t.as('reviewer')(getGlossaryForms, { query: { version } })).toEqual({ version, terms: null })
    await add()
    const after = await t.as('reviewer')(getGlossaryForms, { query: { version } })
    expect(after.version).not.toBe(version)
    expect(after.terms).not.toBeNull()
  })
})

const createCaption = (caption: string, overrides: { queue_id?: string; is_restricted?: boolean } = {}) =>
  createReview(t.db, { caption, ...overrides })

describe('previewTerm', () => {
  const preview = (headword: string) =>
    t.as('supervisor')(previewTerm, { body: { forms: [{ text: headword, language: 'ru', endings: 'noun' }] } })

  it('shows which of the newest captions would be marked and where', async () => {
    const headword = newWord()
    await createCaption(`Ничего о ${headword}ном`)
    const plain = await createCaption(`${'Долго и долго. '.repeat(20)}Вот ${headword}ами 🙂 всё`)
    const disguised = await createCaption(`И т${headword.split('').join('.')} и ${headword.split('').join('.')}`)
    const { looked, marked, disguised: seen, items } = await preview(headword)
    expect({ marked, seen }).toEqual({ marked: 2, seen: 1 })
    expect(looked).toBeGreaterThan(2)
    expect(items.map(({ reviewId }) => reviewId)).toEqual([disguised.id, plain.id])
    const [, { excerpt, marks }] = items as [unknown, (typeof items)[number]]
    expect(marks.map(({ from, to }) => excerpt.slice(from, to))).toEqual([`${headword}ами`])
    expect(excerpt.startsWith('…')).toBe(true)
  })

  it('looks at nothing outside the scope', async () => {
    const headword = newWord()
    const seen = await createCaption(headword, { queue_id: 'hate' })
    await createCaption(headword, { queue_id: 'safety' })
    await createCaption(headword, { queue_id: 'hate', is_restricted: true })
    const narrow = t.secondPerson('supervisor')
    await t.setScope(narrow, { queues: ['hate'] })
    const { looked, marked, items } = await t.second('supervisor')(previewTerm, {
      body: { forms: [{ text: headword, language: 'ru', endings: 'none' }] },
    })
    expect(items.map(({ reviewId }) => reviewId)).toEqual([seen.id])
    expect({ looked, marked }).toEqual({ looked: 1, marked: 1 })
    expect((await preview(headword)).marked).toBe(2)
  })
})

describe('getTermOutcomes', () => {
  it('answers 401 to a stranger and 404 where there is no term', async () => {
    const params = { termId: nobody }
    await expect(t.anonymous(getTermOutcomes, { params })).rejects.toMatchObject({ status: 401 })
    await expect(t.as('reviewer')(getTermOutcomes, { params })).rejects.toMatchObject({ status: 404 })
    await expect(t.as('reviewer')(getTerm, { params })).rejects.toMatchObject({ status: 404 })
  })

  it('counts how decided reviews ended, in the scope only', async () => {
    const term = await add()
    const caption = `Бумаги ${term.headword}а`
    for (const [outcome, queue_id] of [
      ['violation', 'hate'],
      ['violation', 'safety'],
      ['no_violation', 'hate'],
    ] as const) {
      const { id } = await createCaption(caption, { queue_id })
      await createDecision(t.db, { review_id: id, outcome })
    }
    await createCaption(caption)
    const params = { termId: term.id }
    const all = await t.as('reviewer')(getTermOutcomes, { params })
    expect(all).toMatchObject({ violation: 2, no_violation: 1, exempt: 0, looked: 3 })
    await t.setScope(t.secondPerson('reviewer'), { queues: ['hate'] })
    const some = await t.second('reviewer')(getTermOutcomes, { params })
    expect(some).toMatchObject({ violation: 1, no_violation: 1, looked: 2 })
  })
})

describe('importTerms', () => {
  it('adds what is not there, leaves what is, and adds nothing when one is not sound', async () => {
    const known = await add()
    const terms = [buildTerm({ headword: known.headword, clause: null }), buildTerm()]
    const send = (terms: TermContent[]) => t.as('supervisor')(importTerms, { body: { clientId: clientId(), terms } })
    expect(await send(terms)).toEqual({ added: 1, known: [known.headword] })
    expect(await t.as('reviewer')(getTerm, { params: { termId: known.id } })).toMatchObject({ version: 1 })
    const fresh = buildTerm()
    await expect(send([fresh, buildTerm({ clause: 'no.such' })])).rejects.toMatchObject({
      status: 400,
      body: { issues: [{ path: 'terms.1.clause' }] },
    })
    const { items } = await t.as('reviewer')(listTerms, {})
    expect(items.map(({ headword }) => headword)).not.toContain(fresh.headword)
  })
})
