import { describe, expect, it } from 'vitest'
import { fillReason, unknownPlaceholders, wordsFor } from './canned-reasons.ts'

describe('a canned reason', () => {
  it('is filled in with what is known, and shows what is not', () => {
    const text = '{handle} under {clause}, {reference}.'
    expect(fillReason(text, { handle: 'artyom_2', clause: '2.2', reference: null })).toBe(
      'artyom_2 under 2.2, {reference}.',
    )
  })

  it('takes a name as it is, whatever stands in it', () => {
    expect(fillReason('{handle}!', { handle: '$& {clause}' })).toBe('$& {clause}!')
  })

  it('names the placeholders that nothing is known of, each once', () => {
    expect(unknownPlaceholders('{handle} {name} {name} {} {clause}')).toEqual(['name', ''])
  })

  it('speaks the reader’s language, else English, else what there is', () => {
    expect(wordsFor({ en: 'Yes', ru: 'Да' }, ['ru-KZ', 'en'])).toBe('Да')
    expect(wordsFor({ en: 'Yes', ru: 'Да' }, ['kk'])).toBe('Yes')
    expect(wordsFor({ ru: 'Да' }, ['kk'])).toBe('Да')
  })
})
