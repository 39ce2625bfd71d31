import { fold } from '../fold.ts'

/**
 * What may follow the stem of a form: nothing, the endings of a noun, an adjective or a verb of its language, or any
 * letters up to the end of the word.
 */
export const endingsModes = ['none', 'noun', 'adjective', 'verb', 'any'] as const
export type Endings = (typeof endingsModes)[number]

/** A place among the endings. `also` are places reached without another letter. */
export type Tail = { next: Map<string, Tail>; also: Tail[]; isEnd: boolean; isAny: boolean }

const tail = (): Tail => ({ next: new Map(), also: [], isEnd: false, isAny: false })

function addEnding(root: Tail, ending: string): Tail {
  let at = root
  for (const letter of fold(ending)) {
    const next = at.next.get(letter) ?? tail()
    at.next.set(letter, next)
    at = next
  }
  at.isEnd = true
  return at
}

function oneOf(endings: string): Tail {
  const root = tail()
  root.isEnd = true
  for (const ending of endings.split(/\s+/)) if (ending) addEnding(root, ending)
  return root
}

/** Suffixes in their order: after one of a group comes one of the groups named after it, or the end of the word. */
function chain(groups: Record<string, { suffixes: string; leadsTo: string }>, first: string): Tail {
  const roots = new Map(Object.keys(groups).map((name) => [name, tail()]))
  const rootsOf = (names: string) => names.split(' ').flatMap((name) => roots.get(name) ?? [])
  for (const [name, { suffixes, leadsTo }] of Object.entries(groups)) {
    for (const suffix of suffixes.split(/\s+/)) addEnding(roots.get(name)!, suffix).also.push(...rootsOf(leadsTo))
  }
  return { ...tail(), isEnd: true, also: rootsOf(first) }
}

const none = oneOf('')
const any: Tail = { ...tail(), isEnd: true, isAny: true }

const russianNoun = oneOf('а я у ю о е и ы ь й ой ей ою ею ом ем ов ев ам ям ами ями ах ях ью')
const russianAdjective = oneOf(
  'ый ий ой ого его ому ему ым им ом ем ая яя ую юю ою ею ей ое ее ые ие ых их ыми ими а о ы е и',
)
const russianPersons =
  'ть ти л ла ло ли у ю ешь ет ем ете ут ют ишь ит им ите ат ят й йте и в вши вший вшего вшие вших ющий ющие ящий ящие'
const russianVerb = oneOf(
  russianPersons
    .split(' ')
    .flatMap((ending) => [ending, `${ending}ся`, `${ending}сь`])
    .join(' '),
)

const kazakhGroups = {
  made: {
    suffixes: 'лық лік дық дік тық тік лы лі ды ді ты ті сыз сіз шы ші шыл шіл дай дей тай тей',
    leadsTo: 'plural own case at is',
  },
  plural: { suffixes: 'лар лер дар дер тар тер', leadsTo: 'own case at is' },
  own: { suffixes: 'ым ім м ың ің ң ыңыз іңіз ңыз ңіз ы і сы сі ымыз іміз мыз міз', leadsTo: 'case at ownCase is' },
  /** After a consonant that softened. */
  softOwn: { suffixes: 'ым ім ың ің ыңыз іңіз ы і ымыз іміз', leadsTo: 'case at ownCase is' },
  case: {
    suffixes: 'ның нің дың дің тың тің ға ге қа ке ны ні ды ді ты ті дан ден тан тен нан нен мен бен пен',
    leadsTo: 'is',
  },
  at: { suffixes: 'да де та те', leadsTo: 'of is' },
  /** Only of what is somebody's. */
  ownCase: { suffixes: 'а е н на не нан нен нда нде', leadsTo: 'of is' },
  of: { suffixes: 'ғы гі қы кі', leadsTo: 'plural own case at' },
  is: { suffixes: 'мын мін бын бін пын пін сың сің сыз сіз мыз міз быз біз пыз піз дікі тікі нікі', leadsTo: '' },
}

/** Suffixes take the vowels of the word, but for these. */
const unharmonious = /^(мен|бен|пен|дікі|тікі|нікі)$/
const frontVowels = /[әеіөүэ]/
const backVowels = /[аоұыёюя]/

function kazakhNoun(against: RegExp, first: string): Tail {
  const fitting = (suffixes: string) =>
    suffixes
      .split(/\s+/)
      .filter((suffix) => unharmonious.test(suffix) || !against.test(suffix))
      .join(' ')
  const groups = Object.entries(kazakhGroups).map(([name, { suffixes, leadsTo }]) => [
    name,
    { suffixes: fitting(suffixes), leadsTo },
  ])
  return chain(Object.fromEntries(groups), first)
}

const anyGroup = 'made plural own case at is'
const kazakhFront = kazakhNoun(backVowels, anyGroup)
const kazakhBack = kazakhNoun(frontVowels, anyGroup)
const softenedFront = { ...kazakhNoun(backVowels, 'softOwn'), isEnd: false }
const softenedBack = { ...kazakhNoun(frontVowels, 'softOwn'), isEnd: false }

const arabicNoun = oneOf('ه ها هم هن ك كم ي نا ين ون ان ات يه وا ا')
const latinRussianNoun = oneOf('a u y i e o om em oy ov ev am ami ah akh ax s es')
const latinNoun = oneOf('s es')

/** What Arabic writes together with the word that follows. */
export const arabicPrefixes = ['و', 'ف', 'ب', 'ك', 'ل', 'ال', 'وال', 'فال', 'بال', 'كال', 'لل', 'ولل', 'وب', 'ول']

type Script = 'cyrillic' | 'latin' | 'arabic' | 'other'

export function scriptOf(word: string): Script {
  if (/\p{Script=Cyrillic}/v.test(word)) return 'cyrillic'
  if (/\p{Script=Arabic}/v.test(word)) return 'arabic'
  return /\p{Script=Latin}/v.test(word) ? 'latin' : 'other'
}

export type Stem = { letters: string; tail: Tail }

type Word = { word: string; language: string; endings: Endings }

/**
 * A folded word as its stems, each with what may follow. `|` in the word says where the stem ends; without it, what the
 * dictionary form ends in is taken off.
 */
export function stemsOf({ word, language, endings }: Word): Stem[] {
  const [before = '', after] = word.split('|')
  const whole = word.replaceAll('|', '')
  if (endings === 'none') return [{ letters: whole, tail: none }]
  const isMarked = after !== undefined
  if (endings === 'any') return [{ letters: isMarked ? before : whole, tail: any }]
  const script = scriptOf(whole)
  if (script === 'arabic')
    return [
      { letters: before.replace(/ه$/, ''), tail: arabicNoun },
      { letters: whole, tail: none },
    ]
  if (script === 'latin') return [{ letters: before, tail: language === 'ru' ? latinRussianNoun : latinNoun }]
  if (script !== 'cyrillic') return [{ letters: whole, tail: none }]
  if (language === 'kk') return kazakhStems(before)
  return russianStems(before, endings, isMarked)
}

/** A last қ, к or п softens before a vowel: қазақ, қазағы. Words whose last vowel is и or у take either vowels. */
function kazakhStems(word: string): Stem[] {
  const last = word.match(/[әеіөүэаоұыёюяиу](?!.*[әеіөүэаоұыёюяиу])/)?.[0] ?? 'и'
  const soft = word.replace(/[қкп]$/, (end) => ({ қ: 'ғ', к: 'г', п: 'б' })[end] ?? end)
  const endings = [
    { isFit: !backVowels.test(last), tail: kazakhFront, softened: softenedFront },
    { isFit: !frontVowels.test(last), tail: kazakhBack, softened: softenedBack },
  ]
  return endings
    .filter(({ isFit }) => isFit)
    .flatMap(({ tail, softened }) => [
      { letters: word, tail },
      ...(soft === word ? [] : [{ letters: soft, tail: softened }]),
    ])
}

const adjectiveEnd = /(ый|ий|ой|ая|яя|ое|ее|ые|ие)$/
const verbEnd = /(ться|тись|ть|ти|чь)$/

function russianStems(word: string, endings: Endings, isMarked: boolean): Stem[] {
  if (endings === 'adjective') {
    return [{ letters: isMarked ? word : word.replace(adjectiveEnd, ''), tail: russianAdjective }]
  }
  if (endings === 'verb') {
    const stem = isMarked ? word : word.replace(verbEnd, '')
    const short = isMarked ? stem : stem.replace(/[аеиоуыюя]$/, '')
    return [...new Set([stem, short])].map((letters) => ({ letters, tail: russianVerb }))
  }
  const short = isMarked || word.length < 3 ? word : word.replace(/[аяоеыиьй]$/, '')
  return [{ letters: short, tail: russianNoun }]
}
