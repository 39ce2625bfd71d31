import { useQuery } from '@tanstack/react-query'
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router'
import { render as rtlRender } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import type { i18n as I18n } from 'i18next'
import { type ReactNode, Suspense } from 'react'
import { expect, onTestFinished } from 'vitest'
import { createQueryClient } from '#client/api/query-client.ts'
import { SessionContext, sessionKey, sessionQuery } from '#client/api/session.ts'
import { App, Providers } from '#client/app.tsx'
import { en } from '#client/i18n/en/catalogue.ts'
import { createI18n } from '#client/i18n/i18n.ts'
import { createAppRouter } from '#client/routes.tsx'
import type { Session } from '#shared/contract/team.ts'
import type { Role } from '#shared/domain/permissions.ts'
import { buildSession } from './fake-api.ts'

const i18n: I18n = await createI18n('en')
i18n.options.saveMissing = true
const missing: string[] = []
i18n.on('missingKey', (_languages, namespace, key) => missing.push(`${namespace}:${key}`))

/** Words that are not there fail the test: a key would be on the screen. */
function expectWords() {
  missing.length = 0
  onTestFinished(() => expect(missing).toEqual([]))
}

type Options = {
  /** Who is at the screen. */
  as?: Role | Session
  /** The address, for parts that read it; any path shows the part. */
  path?: string
}

/** Renders a part inside the app's providers, somebody signed in, and returns a `user` to act with. */
export function render(ui: ReactNode, { as = 'reviewer', path = '/' }: Options = {}) {
  // A part has all words at hand; the app has those that it loads with its pages.
  for (const [namespace, words] of Object.entries(en)) i18n.addResourceBundle('en', namespace, words)
  expectWords()
  const queryClient = createQueryClient()
  queryClient.setQueryData(sessionKey, typeof as === 'string' ? buildSession(as) : as)
  const show = () => (
    <SignedIn>
      <Suspense fallback={null}>{ui}</Suspense>
    </SignedIn>
  )
  const root = createRootRoute({ component: show, notFoundComponent: show })
  const history = createMemoryHistory({ initialEntries: [path] })
  const router = createRouter({ routeTree: root, history })
  const view = rtlRender(
    <Providers queryClient={queryClient} i18n={i18n} env="test">
      <RouterProvider router={router as never} />
    </Providers>,
  )
  return { ...view, queryClient, router, user: userEvent.setup() }
}

/** What the shell does for its pages. */
function SignedIn({ children }: { children: ReactNode }) {
  const { data } = useQuery(sessionQuery)
  return data ? <SessionContext value={data}>{children}</SessionContext> : null
}

/** Renders the whole app at an address, with its own routes; who is signed in is the fake API's to say. */
export function renderApp(path: string) {
  expectWords()
  const queryClient = createQueryClient()
  const router = createAppRouter({ queryClient, history: createMemoryHistory({ initialEntries: [path] }) })
  const view = rtlRender(<App router={router} queryClient={queryClient} i18n={i18n} env="test" />)
  return { ...view, queryClient, router, user: userEvent.setup() }
}
