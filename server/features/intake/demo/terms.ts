import type { TermContent } from '#shared/contract/glossary.ts'
import type { Ago } from './sample.ts'
import { before } from './story.ts'

/** A term as it was first written, and what was changed since. */
export type SampleTerm = { at: Ago; content: TermContent; later?: { at: Ago; change: string; content: TermContent } }

const house = { citation: 'House note, written for this sample', url: null }

const taghut: TermContent = {
  headword: 'тагут',
  language: 'ru',
  clause: 'tve.recruitment',
  forms: [
    { text: 'тагут', language: 'ru', endings: 'noun' },
    { text: 'taghut', language: 'ar', endings: 'noun' },
    { text: 'taghoot', language: 'ar', endings: 'noun' },
    { text: 'طاغوت', language: 'ar', endings: 'noun' },
  ],
  senses: [
    {
      meaning: 'Classical: a false object of worship, tyranny.',
      isCoded: false,
      examples: [],
    },
    {
      meaning: 'In recruitment material: any secular state and those who serve it.',
      isCoded: true,
      examples: ['Бумаги тагута мне больше не нужны.'],
    },
  ],
  sources: [house],
}

/** Few, and of what the sample's captions say. */
export const sampleTerms: readonly SampleTerm[] = [
  {
    at: before(52),
    content: taghut,
    later: {
      at: before(40),
      change: 'With the Kazakh spelling, which also comes with Russian letters.',
      content: { ...taghut, forms: [...taghut.forms, { text: 'тағұт', language: 'kk', endings: 'noun' }] },
    },
  },
  {
    at: before(51),
    content: {
      headword: 'вата',
      language: 'ru',
      clause: null,
      forms: [
        { text: 'вата', language: 'ru', endings: 'noun' },
        { text: 'ватник', language: 'ru', endings: 'noun' },
        { text: 'ватный', language: 'ru', endings: 'adjective' },
      ],
      senses: [
        { meaning: 'Cotton wool; a quilted jacket.', isCoded: false, examples: [] },
        {
          meaning: 'A mocking name for people taken to believe what the Russian state says.',
          isCoded: true,
          examples: ['Кадыров все таки красавчик, вaту нагнул'],
        },
      ],
      sources: [
        { ...house, citation: `${house.citation}. The example is a comment of rudistort2022 (Gorbunova 2022)` },
      ],
    },
  },
  {
    at: before(50),
    content: {
      headword: 'мал',
      language: 'kk',
      clause: null,
      forms: [{ text: 'мал', language: 'kk', endings: 'noun' }],
      senses: [
        { meaning: 'Livestock, cattle.', isCoded: false, examples: [] },
        { meaning: 'An insult: brute.', isCoded: true, examples: ['MAX оинадым жугіргені мал'] },
      ],
      sources: [{ ...house, citation: `${house.citation}. The example is a review of KazSAnDRA (2024)` }],
    },
  },
  {
    at: before(49),
    content: {
      headword: 'скрепы',
      language: 'ru',
      clause: null,
      forms: [{ text: 'скрепы', language: 'ru', endings: 'noun' }],
      senses: [
        { meaning: 'Braces, clamps; what holds a society together.', isCoded: false, examples: [] },
        { meaning: 'Said in mockery of official moral values.', isCoded: true, examples: [] },
      ],
      sources: [house],
    },
  },
]
