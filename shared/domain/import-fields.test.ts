import { describe, expect, it } from 'vitest'
import { missingFields, proposeMapping } from './import-fields.ts'

describe('proposeMapping', () => {
  it('knows the fields by their own names, however they are written', () => {
    expect(proposeMapping(['post.caption', 'Account Handle', 'account_status', 'reason.code', 'flaggedAt'])).toEqual({
      'post.caption': 'post.caption',
      'account.handle': 'Account Handle',
      'account.status': 'account_status',
      'reason.code': 'reason.code',
      flaggedAt: 'flaggedAt',
    })
  })

  it('knows what others call them, and takes every column once', () => {
    expect(proposeMapping(['id', 'text', 'Текст', 'user', 'created_at', 'lang', 'whatever'])).toEqual({
      'post.externalId': 'id',
      'post.caption': 'text',
      'account.handle': 'user',
      'post.postedAt': 'created_at',
      'post.language': 'lang',
    })
  })

  it('leaves the columns of refused rows alone', () => {
    expect(proposeMapping(['docket_line', 'docket_reason', 'caption'])).toEqual({ 'post.caption': 'caption' })
  })
})

describe('missingFields', () => {
  it('names what nothing says, and is content with what is said for all rows', () => {
    const mapping = { 'post.caption': 'text', 'account.handle': 'user' }
    expect(missingFields(mapping, {})).toEqual([['source.name'], ['post.platform', 'account.platform']])
    expect(missingFields(mapping, { 'source.name': 'partner', 'post.platform': 'vk' })).toEqual([])
  })
})
