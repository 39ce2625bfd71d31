import { setTimeout as sleep } from 'node:timers/promises'
import { samplePassword, samplePeople } from '#server/features/intake/demo/people.ts'
import { launchChromium } from '#test/support/chromium.ts'
import { startDemo } from '#test/support/demo.ts'

/** `npm run screenshot`: the picture of the README, docs/screenshot.png, from the sample as it is today. */
const demo = await startDemo()
const browser = await launchChromium()
try {
  const context = await browser.newContext({ baseURL: demo.url, viewport: { width: 1_280, height: 720 } })
  const page = await context.newPage()
  await page.goto('/queue')
  await page.getByRole('textbox', { name: 'E-mail' }).fill(samplePeople.dana.email)
  await page.keyboard.press('Tab')
  await page.keyboard.type(samplePassword)
  await page.keyboard.press('Enter')
  await page.getByRole('row').filter({ hasText: 'artyom_2' }).getByRole('link').first().click()
  await page
    .getByRole('img', { name: /^Redacted copy/ })
    .first()
    .waitFor()
  await page.waitForLoadState('networkidle')
  for (const key of ['ArrowRight', '1', 'r', 'b', 'x', '1', 'f']) await page.keyboard.press(key)
  await page.keyboard.type('Series shows a passport destroyed, with the term and a claimed place.')
  await page.keyboard.press('Escape')
  await page.waitForLoadState('networkidle')
  // Previews of the other photographs may still be in the making.
  await sleep(4_000)
  await page.screenshot({ path: 'docs/screenshot.png' })
} finally {
  await browser.close()
  await demo.stop()
}
