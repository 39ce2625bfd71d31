import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  type RouterHistory,
  redirect,
} from '@tanstack/react-router'
import { sessionQuery } from './api/session.ts'
import { readAuditSearch } from './features/audit/audit.search.ts'
import { readQueueSearch } from './features/review/queue.search.ts'
import { loadWords } from './i18n/i18n.ts'
import type { Namespace } from './i18n/locales.ts'
import { FailedApp, FailedPage } from './shell/FailedPage.tsx'
import { NotFoundPage } from './shell/NotFoundPage.tsx'
import { Shell } from './shell/Shell.tsx'
import { SkeletonText } from './ui/waiting.tsx'

type Context = { queryClient: QueryClient }

/** A page and its words come together or not at all. */
function withWords<Page>(load: () => Promise<Page>, ...namespaces: Namespace[]) {
  return async () => (await Promise.all([load(), loadWords(...namespaces)]))[0]
}

const root = createRootRouteWithContext<Context>()({ notFoundComponent: NotFoundPage })

/** Everything that needs somebody signed in. Others are sent to sign-in, which knows the way back. */
const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  beforeLoad: async ({ context, location }) => {
    const session = await context.queryClient.ensureQueryData(sessionQuery)
    if (!session) throw redirect({ to: '/sign-in', search: { back: location.href } })
  },
  component: Shell,
  errorComponent: FailedApp,
})

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/queue', replace: true })
  },
})

const queue = createRoute({
  getParentRoute: () => shell,
  path: '/queue',
  validateSearch: readQueueSearch,
  component: lazyRouteComponent(
    withWords(() => import('./features/review/QueuePage.tsx'), 'queue'),
    'QueuePage',
  ),
})

/** `next` in place of an id: the review in hand, or else the next one to take. */
const review = createRoute({
  getParentRoute: () => shell,
  path: '/reviews/$reviewId',
  component: lazyRouteComponent(
    withWords(() => import('./features/review/ReviewPage.tsx'), 'review', 'queue'),
    'ReviewPage',
  ),
})

const audit = createRoute({
  getParentRoute: () => shell,
  path: '/audit',
  validateSearch: readAuditSearch,
  component: lazyRouteComponent(
    withWords(() => import('./features/audit/AuditPage.tsx'), 'audit'),
    'AuditPage',
  ),
})

const PoliciesPage = lazyRouteComponent(
  withWords(() => import('./features/policies/PoliciesPage.tsx'), 'policies'),
  'PoliciesPage',
)

const policies = createRoute({ getParentRoute: () => shell, path: '/policies', component: PoliciesPage })
const policy = createRoute({ getParentRoute: () => shell, path: '/policies/$policyId', component: PoliciesPage })

/** A string of the address, or nothing. */
function text(value: unknown) {
  return typeof value === 'string' && value !== '' ? value : undefined
}

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): { back?: string } => {
    const back = text(search.back)
    return back ? { back } : {}
  },
  component: lazyRouteComponent(
    withWords(() => import('./features/team/SignInPage.tsx'), 'team'),
    'SignInPage',
  ),
})

function readToken(search: Record<string, unknown>): { token?: string } {
  const token = text(search.token)
  return token ? { token } : {}
}

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  validateSearch: readToken,
  component: lazyRouteComponent(
    withWords(() => import('./features/team/SetupPage.tsx'), 'team'),
    'SetupPage',
  ),
})

const join = createRoute({
  getParentRoute: () => root,
  path: '/join',
  validateSearch: readToken,
  component: lazyRouteComponent(
    withWords(() => import('./features/team/JoinPage.tsx'), 'team'),
    'JoinPage',
  ),
})

const routeTree = root.addChildren([
  home,
  shell.addChildren([queue, review, audit, policies, policy]),
  signIn,
  setup,
  join,
])

/** `history` is given by tests; the browser's own otherwise. */
export function createAppRouter({ queryClient, history }: Context & { history?: RouterHistory }) {
  return createRouter({
    routeTree,
    context: { queryClient },
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    defaultPendingComponent: SkeletonText,
    defaultErrorComponent: FailedPage,
    scrollRestoration: false,
    ...(history && { history }),
  })
}

export type AppRouter = ReturnType<typeof createAppRouter>

declare module '@tanstack/react-router' {
  interface Register {
    router: AppRouter
  }
}
