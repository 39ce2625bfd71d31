import { expect, it } from 'vitest'
import { readLink } from './read-link.ts'

it.each([
  ['https://vk.com/wall-12_345', { platform: 'vk', externalId: 'wall-12_345', handle: null }],
  ['https://vk.com/artyom_2?w=wall77_1', { platform: 'vk', externalId: 'wall77_1', handle: 'artyom_2' }],
  ['https://m.twitter.com/dana/status/99?s=20', { platform: 'x', externalId: '99', handle: 'dana' }],
  ['https://www.youtube.com/watch?v=abc', { platform: 'youtube', externalId: 'abc', handle: null }],
  ['https://t.me/channel/17', { platform: 'telegram', externalId: 't.me/channel/17', handle: 'channel' }],
  [
    'https://www.tiktok.com/@dana/video/5',
    { platform: 'tiktok', externalId: 'www.tiktok.com/@dana/video/5', handle: 'dana' },
  ],
  [
    'https://forum.example/t/1?page=2',
    { platform: 'forum.example', externalId: 'forum.example/t/1?page=2', handle: null },
  ],
])('reads %s', (link, read) => {
  expect(readLink(link)).toEqual(read)
})

it.each(['', 'artyom', 'javascript:alert(1)', 'ftp://example.org/'])('takes %j for no link', (link) => {
  expect(readLink(link)).toBeNull()
})
