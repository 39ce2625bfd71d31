import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fold } from './fold.ts'

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: fc.constantFrom(...'ёЁйЙәӘқҚאَبأؤئةىیکـé́ßẞςΣİıがｶﾞ한ᄒ가कि́') }),
)

describe('fold', () => {
  it.each([
    ['ТАГУТ', 'тагут'],
    ['Ёлка', 'елка'],
    ['а́том', 'атом'],
    ['ҚАЗАҚ ӘНІ', 'қазақ әні'],
    ['STRASSE', 'Straße'],
    ['ΟΔΟΣ', 'οδος'],
    ['İstanbul', 'istanbul'],
    ['CAFÉ', 'cafe'],
    ['الســلام', 'السَّلام'],
    ['أحمد إحمد آحمد ٱحمد', 'احمد احمد احمد احمد'],
    ['مدرسة على', 'مدرسه علي'],
    ['کتاب', 'كتاب'],
    ['ｆｕｌｌ ﬁ', 'full fi'],
    ['١٤٨٨ ۱۴۸۸', '1488 1488'],
    ['in\u200bvi\u00adsible', 'invisible'],
    ['ｶﾞ', 'ガ'],
  ])('takes %s and %s for the same', (a, b) => {
    expect(fold(a)).toBe(fold(b))
  })

  it.each([
    ['ән', 'ан'],
    ['қол', 'кол'],
    ['мой', 'мои'],
    ['їх', 'іх'],
    ['が', 'か'],
    ['कि', 'क'],
  ])('tells %s from %s', (a, b) => {
    expect(fold(a)).not.toBe(fold(b))
  })

  it('leaves folded text as it is', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(fold(fold(text))).toBe(fold(text))
      }),
      { numRuns: 2_000 },
    )
  })

  it('hears no difference between letters great and small, nor between composed and not', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(fold(text.toUpperCase())).toBe(fold(text))
        expect(fold(text.toLowerCase())).toBe(fold(text))
        expect(fold(text.normalize('NFD'))).toBe(fold(text))
      }),
      { numRuns: 2_000 },
    )
  })
})
