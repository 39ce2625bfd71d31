import { describe, expect, it } from 'vitest'
import { expectNoAxeFindings, useBrowser } from './browser.ts'

const browser = useBrowser()

describe.each(['light', 'dark'] as const)('in the %s scheme', (colorScheme) => {
  it('every screen of a supervisor is clean to axe and says what it is', async () => {
    const page = await browser.open('marta', '/queue', { colorScheme })
    for (const [path, title] of [
      ['/queue', /^Queue/],
      ['/queue?tab=decided&sort=newest', /^Queue/],
      ['/queue?queue=hate&language=xx', /^Queue/],
      ['/decisions?outcome=violation', /^Decisions/],
      ['/accounts', /^Accounts/],
      ['/flags', /^Flags/],
      ['/flags/reporters', /^Reporters/],
      ['/audit', /^Audit/],
      ['/policies', /Docket$/],
      ['/policies/tve.recruitment', /Docket$/],
      ['/new-flag', /^Flag what you found/],
      ['/import', /^Import/],
    ] as const) {
      await page.goto(path)
      await page.waitForFunction(() => document.querySelector('main table, main h2, main h1') !== null)
      await page.waitForLoadState('networkidle')
      await expectNoAxeFindings(page, path)
      expect(await page.title()).toMatch(title)
    }
    await page.goto('/reviews/next')
    await page.getByText('Claimed by you').first().waitFor()
    await page.waitForLoadState('networkidle')
    await expectNoAxeFindings(page, 'desk')
    await page.context().close()
  })

  it('sign-in, first run and invitation are clean to axe', async () => {
    const page = await browser.openWindow({ colorScheme })
    for (const path of ['/sign-in', '/setup?token=none', '/join?token=none']) {
      await page.goto(path)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await expectNoAxeFindings(page, path)
    }
    await page.context().close()
  })
})

it('fits post, person, reason and decision on 1280 by 720 without a scroll', async () => {
  const page = await browser.open('ana', '/reviews/next')
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

it('works on a phone without scrolling sideways', async () => {
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true }
  const page = await browser.open('jonas', '/queue', phone)
  for (const path of ['/queue', '/reviews/next', '/policies', '/new-flag', '/decisions', '/accounts', '/flags']) {
    await page.goto(path)
    await page.waitForLoadState('networkidle')
    expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(390)
  }
  await page.context().close()
})
