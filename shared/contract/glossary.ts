import { z } from 'zod'
import { endingsModes } from '../domain/glossary/endings.ts'
import { ClientId, endpoint } from './endpoint.ts'
import { ReviewId } from './reviews.ts'

const Text = (most: number) => z.string().trim().min(1).max(most)

/** One way of writing a term. A transliteration is a form in another script than its language's. */
export const TermForm = z.object({
  /** `|` says where the stem ends. */
  text: Text(100).refine((text) => /[\p{L}\p{N}]/v.test(text.split('|')[0]!), 'Needs letters.'),
  /** BCP 47. */
  language: z.string().regex(/^[a-z]{2,3}(-[A-Za-z\d]{2,8})*$/),
  endings: z.enum(endingsModes),
})
export type TermForm = z.infer<typeof TermForm>

export const Sense = z.object({
  meaning: Text(1_000),
  /** What is meant where the term is a code; the other senses are harmless. */
  isCoded: z.boolean(),
  examples: z.array(Text(500)).max(10),
})
export type Sense = z.infer<typeof Sense>

export const TermSource = z.object({
  citation: Text(500),
  url: z
    .url({ protocol: /^https?$/ })
    .max(2_000)
    .nullable(),
})
export type TermSource = z.infer<typeof TermSource>

/** What people write about a term. */
export const TermContent = z.object({
  headword: Text(100),
  language: TermForm.shape.language,
  /** The clause that it may speak for; it decides nothing by itself. */
  clause: z.string().max(100).nullable(),
  forms: z.array(TermForm).min(1).max(40),
  senses: z.array(Sense).min(1).max(10),
  sources: z.array(TermSource).max(20),
})
export type TermContent = z.infer<typeof TermContent>

const TermId = z.uuid()

/** How a term read from then on. */
export const TermVersion = TermContent.extend({
  version: z.number().int(),
  isRetired: z.boolean(),
  /** Null for what came with the program. */
  writtenById: z.string().nullable(),
  writtenAt: z.iso.datetime(),
  /** Why, in the words of who changed it. */
  change: z.string().nullable(),
})
export type TermVersion = z.infer<typeof TermVersion>

export const Term = TermVersion.extend({ id: TermId, addedById: z.string().nullable(), addedAt: z.iso.datetime() })
export type Term = z.infer<typeof Term>

/** With the versions before, newest first. */
export const TermDetail = Term.extend({ earlier: z.array(TermVersion) })
export type TermDetail = z.infer<typeof TermDetail>

export const listTerms = endpoint({
  method: 'GET',
  path: '/api/v1/glossary/terms',
  summary: 'All terms of the glossary, by headword, retired ones last',
  permission: 'glossary.read',
  reply: z.object({ items: z.array(Term) }),
})

export const getGlossaryForms = endpoint({
  method: 'GET',
  path: '/api/v1/glossary/forms',
  summary: 'What marks terms in captions: the forms of all terms in force',
  permission: 'glossary.read',
  /** The version that is at hand. */
  query: z.object({ version: z.string().max(100).optional() }),
  reply: z.object({
    version: z.string(),
    /** Null when the version at hand is the newest. */
    terms: z.array(z.object({ id: TermId, forms: z.array(TermForm) })).nullable(),
  }),
})

const params = z.object({ termId: TermId })

export const getTerm = endpoint({
  method: 'GET',
  path: '/api/v1/glossary/terms/:termId',
  summary: 'One term, with its earlier versions',
  permission: 'glossary.read',
  params,
  reply: TermDetail,
  errors: ['not_found'],
})

/** How reviews ended in whose captions a term stands. Counts what happened, and proves nothing of the term. */
export const TermOutcomes = z.object({
  violation: z.number().int(),
  no_violation: z.number().int(),
  exempt: z.number().int(),
  /** Newest decided reviews that were looked at. */
  looked: z.number().int(),
})
export type TermOutcomes = z.infer<typeof TermOutcomes>

export const getTermOutcomes = endpoint({
  method: 'GET',
  path: '/api/v1/glossary/terms/:termId/outcomes',
  summary: 'How the newest decided reviews ended in whose captions the term stands',
  permission: 'glossary.read',
  params,
  reply: TermOutcomes,
  errors: ['not_found'],
})

export const addTerm = endpoint({
  method: 'POST',
  path: '/api/v1/glossary/terms',
  summary: 'Add a term',
  permission: 'glossary.manage',
  body: TermContent.extend({ clientId: ClientId }),
  status: 201,
  reply: TermDetail,
})

export const changeTerm = endpoint({
  method: 'PUT',
  path: '/api/v1/glossary/terms/:termId',
  summary: 'Write a term anew; what it said before is kept',
  permission: 'glossary.manage',
  params,
  body: TermContent.extend({ clientId: ClientId, version: z.number().int(), change: Text(500).nullable() }),
  reply: TermDetail,
  errors: ['not_found', 'version_changed'],
})

export const retireTerm = endpoint({
  method: 'POST',
  path: '/api/v1/glossary/terms/:termId/retire',
  summary: 'Take a term out of force, or put it back',
  permission: 'glossary.manage',
  params,
  body: z.object({
    clientId: ClientId,
    version: z.number().int(),
    isRetired: z.boolean(),
    change: Text(500).nullable(),
  }),
  reply: TermDetail,
  errors: ['not_found', 'version_changed'],
})

/** A caption that would be marked: some of it, with the marks as UTF-16 offsets of this excerpt. */
export const MarkedCaption = z.object({
  reviewId: ReviewId,
  reference: z.string(),
  language: z.string().nullable(),
  excerpt: z.string(),
  marks: z.array(z.object({ from: z.number().int(), to: z.number().int(), isDisguised: z.boolean() })),
})
export type MarkedCaption = z.infer<typeof MarkedCaption>

export const previewTerm = endpoint({
  method: 'POST',
  path: '/api/v1/glossary/preview',
  summary: 'What forms would mark in the captions of the newest reviews; nothing is kept',
  permission: 'glossary.manage',
  body: z.object({
    forms: z.array(TermForm).max(40),
    /** How many of the newest captions to look at. */
    newest: z.number().int().min(1).max(2_000).default(1_000),
  }),
  reply: z.object({
    looked: z.number().int(),
    marked: z.number().int(),
    /** Of the marked ones, those that a disguise was seen through in. */
    disguised: z.number().int(),
    /** The newest of them, at most 30. */
    items: z.array(MarkedCaption),
  }),
})

export const importTerms = endpoint({
  method: 'POST',
  path: '/api/v1/glossary/import',
  summary: 'Add the terms that are not there yet; those that are stay as they are',
  permission: 'glossary.manage',
  body: z.object({ clientId: ClientId, terms: z.array(TermContent).min(1).max(500) }),
  reply: z.object({
    added: z.number().int(),
    /** Headwords that there are already. */
    known: z.array(z.string()),
  }),
})
