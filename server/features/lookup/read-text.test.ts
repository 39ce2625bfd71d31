import { expect, it } from 'vitest'
import { readText } from './read-text.ts'

it('reads references as people say and write them', () => {
  for (const text of ['DKT-48213', 'dkt-48213', '#48213', ' 48213 ']) expect(readText(text).number).toBe(48213)
  expect(readText('DKT-').number).toBeNull()
  expect(readText('48213 reviews').number).toBeNull()
})

it('reads an id alone, and in an address of ours', () => {
  const id = '01900000-0000-7000-8000-00000000000A'
  expect(readText(id)).toMatchObject({ uuid: id.toLowerCase(), prefix: null })
  expect(readText(`https://docket.example.org/reviews/${id}?sort=due`).uuid).toBe(id.toLowerCase())
})

it('reads a handle with its sign and without, and looks for more than the whole of it', () => {
  expect(readText('@artyom_2')).toMatchObject({ names: ['@artyom_2', 'artyom_2'], prefix: 'artyom_2' })
  expect(readText('a').prefix).toBeNull()
})

it('takes a link for the page that it leads to, however it is written', () => {
  const { urls, names, prefix } = readText('m.vk.com/wall-1_2/?utm_source=x#top')
  expect(urls).toContain('https://vk.com/wall-1_2')
  expect(urls).toContain('http://www.vk.com/wall-1_2/')
  expect(names).toEqual(['wall-1_2'])
  expect(prefix).toBeNull()
  expect(readText('https://t.me/%D0%BC%D0%B8%D1%80').names).toEqual(['мир'])
  expect(readText('https://t.me/%E0%A4%A').names).toEqual(['%E0%A4%A'])
})
