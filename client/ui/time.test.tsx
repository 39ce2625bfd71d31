import { act, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { render } from '#test/support/render.tsx'
import { Countdown } from './Countdown.tsx'
import { clockText } from './clock.ts'
import { Due } from './Due.tsx'
import { formatDate, formatLanguage, formatNumber } from './format.ts'
import { Ago, DateTime } from './time.tsx'

const now = Date.parse('2026-07-03T10:24:00Z')
const minutes = (n: number) => new Date(now + n * 60_000).toISOString()

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'], now })
})
afterEach(() => {
  vi.useRealTimers()
})

it.each([
  [214, '3 h 34', 'calm'],
  [96, '1 h 36', 'warn'],
  [47, '47 min', 'warn'],
  [21.64, '21:39', 'bad'],
  [-8, '8 min over', 'bad'],
  [4_560, '3 d 4 h', 'calm'],
])('says of a review due in %s minutes: %s', async (left, text, tone) => {
  render(<Due at={minutes(left)} />)
  expect((await screen.findByText(text)).closest('time')).toHaveAttribute('data-tone', tone)
})

it('ticks by itself', async () => {
  render(<Due at={minutes(10)} />)
  expect(await screen.findByText('10:00')).toBeVisible()
  act(() => vi.advanceTimersByTime(61_000))
  expect(screen.getByText('8:59')).toBeVisible()
})

it('draws nothing around a clock again', async () => {
  const drawn = vi.fn()
  function Row() {
    drawn()
    return <Due at={minutes(10)} />
  }
  render(<Row />)
  await screen.findByText('10:00')
  const before = drawn.mock.calls.length
  act(() => vi.advanceTimersByTime(5_000))
  expect(screen.getByText('9:55')).toBeVisible()
  expect(drawn).toHaveBeenCalledTimes(before)
})

it('turns amber in the last minute of a lease and says once that it is over', async () => {
  const onEnd = vi.fn()
  render(<Countdown until={minutes(1.5)} of={300} label="Lease" onEnd={onEnd} />)
  const timer = await screen.findByRole('timer', { name: 'Lease' })
  expect(timer).toHaveTextContent('1:30')
  expect(timer).not.toHaveAttribute('data-low')
  act(() => vi.advanceTimersByTime(31_000))
  expect(timer).toHaveAttribute('data-low')
  act(() => vi.advanceTimersByTime(120_000))
  expect(timer).toHaveTextContent('0:00')
  expect(onEnd).toHaveBeenCalledOnce()
})

it('shows a moment with UTC at hand', async () => {
  render(<DateTime at="2026-07-02T13:52:00Z" zone="utc" />)
  expect(await screen.findByText('2 Jul 2026, 13:52')).toHaveAttribute('datetime', '2026-07-02T13:52:00Z')
})

it('names the same moment in UTC in the tooltip', async () => {
  render(<DateTime at="2026-07-02T13:52:00Z" form="day" />)
  expect(await screen.findByTitle('2 Jul 2026, 13:52 UTC')).toBeVisible()
})

it('says how long ago and how old', async () => {
  render(
    <>
      <Ago at={minutes(-1_200)} /> <Ago at={minutes(-38)} as="age" />
    </>,
  )
  expect(await screen.findByText('20 h ago')).toBeVisible()
  expect(screen.getByText('38 min old')).toBeVisible()
})

it('writes the log to the millisecond and figures in groups', () => {
  expect(formatDate('en', '2026-07-03T10:24:07.412Z', 'log', 'utc')).toBe('10:24:07.412')
  expect(formatNumber('en', 1_904)).toBe('1,904')
  expect(clockText(4 * 60 + 12)).toBe('4:12')
  expect(clockText(3_600)).toBe('1:00:00')
})

it('writes Kazakh where browsers only say that they know it', () => {
  const at = '2026-07-02T13:52:07.412Z'
  expect(formatDate('kk', at, 'full', 'UTC')).toBe('2026 ж. 2 шіл., 13:52')
  expect(formatDate('kk', at, 'day', 'UTC')).toBe('2 шіл.')
  expect(formatDate('kk', at, 'log', 'UTC')).toBe('13:52:07.412')
  expect(formatNumber('kk', 1_904)).toMatch(/^1\s904$/)
  expect(formatLanguage('kk', 'ru')).toBe('орыс тілі')
})

it('writes dates in the words of each language', () => {
  const at = '2026-11-02T13:52:00Z'
  expect(formatDate('ru', at, 'short', 'UTC')).toBe('2 нояб., 13:52')
  expect(formatDate('ar', at, 'short', 'UTC')).toBe('2 نوفمبر، 13:52')
  expect(formatDate('en', at, 'short', 'Asia/Almaty')).toBe('2 Nov, 18:52')
})

it('keeps Latin digits in Arabic and survives a language nobody knows', () => {
  expect(formatNumber('ar', 1_904)).toMatch(/^1.904$/)
  expect(formatLanguage('en', 'kk')).toBe('Kazakh')
  expect(formatLanguage('en', 'not a tag')).toBe('not a tag')
})
