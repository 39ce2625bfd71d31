import { describe, expect, it } from 'vitest'
import { Look, lookOf, type Redaction, Strength, strongestOf, type Treatment, treatmentOf } from './redaction.ts'

const grey = (strength: Strength): Treatment => ({ strength, isGrey: true })
const house: Redaction['house'] = { general: grey('medium'), byKind: {} }
const own: Redaction['own'] = { general: null, byKind: {} }

describe('treatmentOf', () => {
  it("is the organisation's where the person chose nothing", () => {
    expect(treatmentOf({ own, house }, '3')).toEqual(grey('medium'))
  })

  it('is what the person chose for everything', () => {
    expect(treatmentOf({ own: { ...own, general: grey('soft') }, house }, '3')).toEqual(grey('soft'))
  })

  it("lets the organisation's choice for one kind stand above a choice for everything", () => {
    const strict = { ...house, byKind: { 3: grey('strong') } }
    const redaction = { own: { ...own, general: grey('soft') }, house: strict }
    expect(treatmentOf(redaction, '3')).toEqual(grey('strong'))
    expect(treatmentOf(redaction, '4')).toEqual(grey('soft'))
    expect(treatmentOf(redaction, null)).toEqual(grey('soft'))
  })

  it('lets what the person chose for one kind stand above everything', () => {
    const strict = { ...house, byKind: { 3: grey('strong') } }
    const mine = { ...own, byKind: { 3: { strength: 'soft' as const, isGrey: false } } }
    expect(treatmentOf({ own: mine, house: strict }, '3')).toEqual({ strength: 'soft', isGrey: false })
  })
})

describe('lookOf', () => {
  it('names every treatment by a look that there is', () => {
    const looks = Strength.options.flatMap((strength) =>
      [true, false].map((isGrey) => Look.parse(lookOf({ strength, isGrey }))),
    )
    expect(new Set(looks)).toEqual(new Set(Look.options))
  })
})

describe('strongestOf', () => {
  it('shows no more than any that may be meant', () => {
    const redaction = {
      own: { general: { strength: 'soft' as const, isGrey: false }, byKind: { 2: grey('medium') } },
      house: { ...house, byKind: { 3: { strength: 'strong' as const, isGrey: false } } },
    }
    expect(strongestOf(redaction)).toEqual(grey('strong'))
  })
})
