import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import type { SamplePersonKey } from '#server/features/intake/demo/people.ts'
import { expectNoAxeFindings, useBrowser } from './browser.ts'

const browser = useBrowser()

/** Besides light in normal contrast. What every pair of colours has is reckoned by client/theme.test.ts, in all looks. */
const looks = [
  ['dark', 'normal'],
  ['light', 'high'],
] as const

/** Who sees what; a handful each, as every one is looked at in three looks and two directions. */
const screens: [SamplePersonKey, ...string[]][] = [
  ['marta', '/queue', '/queue?tab=decided&sort=newest', '/queue?queue=hate&language=xx', '/inbox', '/accounts'],
  ['marta', '/decisions?outcome=violation', '/flags', '/flags/reporters', '/new-flag', '/import'],
  ['marta', '/deliveries', '/leases', '/load', '/glossary', '/policies/tve.recruitment'],
  ['marta', '/reports', '/board', '/appeals', '/exports', '/templates', '/routing', '/routing?tab=rules'],
  ['noor', '/team', '/keys', '/receivers', '/audit', '/sessions', '/preferences'],
  ['pavel', '/queue'],
]

/** What opens over a screen by a key, and the part it is. */
const overDesk = [['?', 'x', 'p', 't', 's', 'h', 'e', 'q', 'Shift+H', 'Shift+F', 'Control+k']]

/** Everything once; in English the rule of colours in each look too, changed in place: direction changes no colour. */
async function expectClean(page: Page, where: string) {
  await expectNoAxeFindings(page, where)
  if (where.endsWith(' ar')) return
  for (const [scheme, contrast] of looks) {
    await wear(page, scheme, contrast)
    await expectNoAxeFindings(page, `${where} ${scheme} ${contrast}`, ['color-contrast'])
  }
  await wear(page, 'light', 'normal')
}

async function wear(page: Page, scheme: string, contrast: string) {
  await page.evaluate(
    ({ scheme, isHigh }) => {
      document.documentElement.setAttribute('data-mantine-color-scheme', scheme)
      document.documentElement.toggleAttribute('data-high-contrast', isHigh)
    },
    { scheme, isHigh: contrast === 'high' },
  )
}

async function show(page: Page, path: string) {
  await page.goto(path)
  await page.waitForFunction(() => document.querySelector('main table, main h2, main h1, main [role=list]') !== null)
  await page.waitForLoadState('networkidle')
}

const focused = (page: Page) => page.evaluate(() => document.activeElement?.tagName.toLowerCase() ?? 'nothing')

/** Not of the queue that the story's review is in. */
const deskPath = '/reviews/next?queue=extremism'

const openDesk = async (page: Page) => {
  await page.goto(deskPath)
  await page.getByRole('timer').first().waitFor()
  await page.waitForLoadState('networkidle')
}

describe.each(['en', 'ar'])('in %s', (locale) => {
  it.each(screens)('what %s sees is clean to axe in every look and says what it is: %s', async (who, ...paths) => {
    const page = await browser.open(who, '/queue', { locale, colorScheme: 'light', reducedMotion: 'reduce' })
    expect(await page.locator('html').getAttribute('dir')).toBe(locale === 'ar' ? 'rtl' : 'ltr')
    for (const path of paths) {
      await show(page, path)
      await expectClean(page, `${path} ${locale}`)
      expect(await page.title(), path).toMatch(/\S · Docket$/)
      expect(await page.locator('[aria-live=polite], [aria-live=assertive]').count(), path).toBeGreaterThanOrEqual(2)
    }
    await page.context().close()
  })

  it.each(overDesk)(
    'the desk and what opens over it is clean to axe and gives the focus back: %s',
    async (...strokes) => {
      const page = await browser.open('marta', '/queue', { locale, colorScheme: 'light', reducedMotion: 'reduce' })
      await openDesk(page)
      await expectClean(page, `desk ${locale}`)
      for (const stroke of strokes) {
        await page.keyboard.press(stroke)
        await page.waitForTimeout(250)
        await expectNoAxeFindings(page, `desk after ${stroke} ${locale}`)
        expect(await focused(page), stroke).not.toBe('body')
        await page.keyboard.press('Escape')
        await page.waitForTimeout(100)
        expect(await focused(page), `${stroke}, closed again`).not.toBe('body')
        await page.keyboard.press('Escape')
      }
      await page.context().close()
    },
  )

  it('sign-in, first run and invitation are clean to axe in every look', async () => {
    const page = await browser.openWindow({ locale, colorScheme: 'light', reducedMotion: 'reduce' })
    for (const path of ['/sign-in', '/setup?token=none', '/join?token=none']) {
      await page.goto(path)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await expectClean(page, `${path} ${locale}`)
    }
    await page.context().close()
  })
})

describe('the focus', () => {
  it('is never lost after a decision, by key or by pointer', async () => {
    const page = await browser.open('jonas', '/queue')
    await openDesk(page)
    for (const send of ['key', 'pointer'] as const) {
      const before = page.url()
      await page.keyboard.press('9')
      if (send === 'key') await page.keyboard.press('Enter')
      else await page.getByRole('button', { name: /^Submit/ }).click()
      await page.waitForURL((url) => url.href !== before)
      await page.waitForTimeout(400)
      expect(await focused(page), send).not.toBe('body')
    }
    await page.context().close()
  })

  it('goes back to what opened a menu or a dialog', async () => {
    const page = await browser.open('ana', '/queue')
    await page.getByRole('table').waitFor()
    for (const name of ['Colour scheme', 'Filter', 'Columns and density']) {
      const button = page.getByRole('button', { name, exact: true })
      await button.focus()
      await page.keyboard.press('Enter')
      await page.locator('[role=menu], [role=dialog], [role=listbox]').first().waitFor()
      await page.keyboard.press('Escape')
      await expect
        .poll(() => button.evaluate((element) => element === document.activeElement), { message: name })
        .toBe(true)
    }
    await page.context().close()
  })
})

it('changes language and direction in place, and keeps what is on the screen', async () => {
  const page = await browser.open('pavel', '/preferences')
  await page.evaluate(() => Object.assign(window, { isSamePage: true }))
  await page.getByRole('radio', { name: 'العربية', exact: true }).click()
  await page.getByRole('heading', { name: 'التفضيلات' }).waitFor()
  const html = page.locator('html')
  expect([await html.getAttribute('lang'), await html.getAttribute('dir')]).toEqual(['ar', 'rtl'])
  await page.getByRole('radio', { name: 'Қазақша', exact: true }).click()
  await page.getByRole('heading', { name: 'Баптаулар' }).waitFor()
  expect([await html.getAttribute('lang'), await html.getAttribute('dir')]).toEqual(['kk', 'ltr'])
  await page.reload()
  await page.getByRole('heading', { name: 'Баптаулар' }).waitFor()
  await page.getByRole('radio', { name: 'English', exact: true }).click()
  await page.getByRole('heading', { name: 'Preferences' }).waitFor()
  await page.getByRole('radio', { name: /^As the browser asks/ }).click()
  await page.context().close()
})

it('fits post, person, reason and decision on 1280 by 720 without a scroll', async () => {
  const page = await browser.open('ana', deskPath)
  await page.getByText('Claimed by you').first().waitFor()
  for (const part of [
    page.getByRole('heading', { name: 'Why flagged' }),
    page.getByRole('complementary').first(),
    page.getByRole('button', { name: /^Submit/ }),
  ]) {
    const box = await part.boundingBox()
    expect(box && box.y >= 0 && box.y + Math.min(box.height, 1) <= 720).toBe(true)
  }
  await page.context().close()
})

it.each(['en', 'ar'])('works on a phone without scrolling sideways, in %s', async (locale) => {
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, locale }
  const page = await browser.open('marta', '/queue', phone)
  for (const path of [
    '/queue',
    deskPath,
    '/inbox',
    '/policies',
    '/new-flag',
    '/decisions',
    '/accounts',
    '/flags',
    '/preferences',
    '/reports',
    '/board',
    '/appeals',
    '/exports',
  ]) {
    await page.goto(path)
    await page.waitForLoadState('networkidle')
    expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(390)
  }
  await page.context().close()
})

it('keeps everything at 200 % zoom', async () => {
  // What a window of 1280 by 720 shows at 200 %.
  const page = await browser.open('mei', '/queue', { viewport: { width: 640, height: 360 } })
  await openDesk(page)
  for (const name of [/^Submit/, /^Zoom in/, /^More clauses/, /Write a note/]) {
    const part = page.getByRole('button', { name }).or(page.getByRole('textbox', { name })).first()
    await part.scrollIntoViewIfNeeded()
    const box = (await part.boundingBox())!
    expect(box.y >= 0 && box.y + box.height <= 361, String(name)).toBe(true)
    expect(box.x >= 0 && box.x + box.width <= 641, String(name)).toBe(true)
  }
  for (const path of ['/queue', deskPath, '/preferences']) {
    await page.goto(path)
    await page.waitForLoadState('networkidle')
    expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(640)
  }
  await page.context().close()
})
