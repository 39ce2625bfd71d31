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
import { readAccountsSearch } from './features/accounts/accounts.search.ts'
import { readAppealsSearch, readNewAppealSearch } from './features/appeals/appeals.search.ts'
import { readAuditSearch } from './features/audit/audit.search.ts'
import { readDecisionsSearch } from './features/decisions/decisions.search.ts'
import { readDeliverySearch } from './features/delivery/delivery.search.ts'
import { readExportSearch } from './features/exports/exports.search.ts'
import { readInboxSearch } from './features/inbox/inbox.search.ts'
import { readFlagsSearch, readReportersSearch } from './features/reporters/reporters.search.ts'
import { type RowsSearch, readReportSearch, readRowsSearch } from './features/reporting/reports.search.ts'
import { readQueueSearch } from './features/review/queue.search.ts'
import { readRoutingSearch } from './features/routing/routing.search.ts'
import { readTeamSearch } from './features/team/people/team.search.ts'
import { readLoadSearch } from './features/wellbeing/load.search.ts'
import { loadWords, speak } from './i18n/i18n.ts'
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
    await speak(session.preferences.language)
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
    withWords(
      () => import('./features/review/ReviewPage.tsx'),
      'review',
      'queue',
      'safety',
      'flow',
      'turns',
      'caption',
      'notes',
      'wellbeing',
      'terms',
      'messages',
      'judging',
    ),
    'ReviewPage',
  ),
})

const inbox = createRoute({
  getParentRoute: () => shell,
  path: '/inbox',
  validateSearch: readInboxSearch,
  component: lazyRouteComponent(
    withWords(() => import('./features/inbox/InboxPage.tsx'), 'inbox', 'notes'),
    'InboxPage',
  ),
})

const decisions = createRoute({
  getParentRoute: () => shell,
  path: '/decisions',
  validateSearch: readDecisionsSearch,
  component: lazyRouteComponent(
    withWords(() => import('./features/decisions/DecisionsPage.tsx'), 'decisions', 'list'),
    'DecisionsPage',
  ),
})

const decision = createRoute({
  getParentRoute: () => shell,
  path: '/decisions/$decisionId',
  component: lazyRouteComponent(
    withWords(() => import('./features/decisions/DecisionPage.tsx'), 'decisions', 'caption', 'notes', 'judging'),
    'DecisionPage',
  ),
})

const appeals = createRoute({
  getParentRoute: () => shell,
  path: '/appeals',
  validateSearch: readAppealsSearch,
  component: lazyRouteComponent(
    withWords(() => import('./features/appeals/AppealsPage.tsx'), 'appeals', 'list'),
    'AppealsPage',
  ),
})

const newAppeal = createRoute({
  getParentRoute: () => shell,
  path: '/appeals/new',
  validateSearch: readNewAppealSearch,
  component: lazyRouteComponent(
    withWords(() => import('./features/appeals/FileAppealPage.tsx'), 'appeals'),
    'FileAppealPage',
  ),
})

const appeal = createRoute({
  getParentRoute: () => shell,
  path: '/appeals/$appealId',
  component: lazyRouteComponent(
    withWords(() => import('./features/appeals/AppealPage.tsx'), 'appeals', 'caption', 'notes', 'messages'),
    'AppealPage',
  ),
})

const templates = createRoute({
  getParentRoute: () => shell,
  path: '/templates',
  component: lazyRouteComponent(
    withWords(() => import('./features/messages/TemplatesPage.tsx'), 'messages'),
    'TemplatesPage',
  ),
})

const accounts = createRoute({
  getParentRoute: () => shell,
  path: '/accounts',
  validateSearch: readAccountsSearch,
  component: lazyRouteComponent(
    withWords(() => import('./features/accounts/AccountsPage.tsx'), 'accounts', 'list'),
    'AccountsPage',
  ),
})

const account = createRoute({
  getParentRoute: () => shell,
  path: '/accounts/$accountId',
  component: lazyRouteComponent(
    withWords(() => import('./features/accounts/AccountPage.tsx'), 'accounts', 'notes'),
    'AccountPage',
  ),
})

const flags = createRoute({
  getParentRoute: () => shell,
  path: '/flags',
  validateSearch: readFlagsSearch,
  component: lazyRouteComponent(
    withWords(() => import('./features/reporters/FlagsPage.tsx'), 'reporters', 'list'),
    'FlagsPage',
  ),
})

const reporters = createRoute({
  getParentRoute: () => shell,
  path: '/flags/reporters',
  validateSearch: readReportersSearch,
  component: lazyRouteComponent(
    withWords(() => import('./features/reporters/ReportersPage.tsx'), 'reporters', 'list'),
    'ReportersPage',
  ),
})

const reporter = createRoute({
  getParentRoute: () => shell,
  path: '/flags/reporters/$reporterId',
  component: lazyRouteComponent(
    withWords(() => import('./features/reporters/ReporterPage.tsx'), 'reporters', 'list'),
    'ReporterPage',
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

const deliveries = createRoute({
  getParentRoute: () => shell,
  path: '/deliveries',
  validateSearch: readDeliverySearch,
  component: lazyRouteComponent(
    withWords(() => import('./features/delivery/DeliveriesPage.tsx'), 'delivery'),
    'DeliveriesPage',
  ),
})

const receivers = createRoute({
  getParentRoute: () => shell,
  path: '/receivers',
  component: lazyRouteComponent(
    withWords(() => import('./features/delivery/ReceiversPage.tsx'), 'delivery'),
    'ReceiversPage',
  ),
})

const load = createRoute({
  getParentRoute: () => shell,
  path: '/load',
  validateSearch: readLoadSearch,
  component: lazyRouteComponent(
    withWords(() => import('./features/wellbeing/LoadPage.tsx'), 'wellbeing'),
    'LoadPage',
  ),
})

const team = createRoute({
  getParentRoute: () => shell,
  path: '/team',
  validateSearch: readTeamSearch,
  component: lazyRouteComponent(
    withWords(() => import('./features/team/people/TeamPage.tsx'), 'people'),
    'TeamPage',
  ),
})

const reports = createRoute({
  getParentRoute: () => shell,
  path: '/reports',
  validateSearch: readReportSearch,
  component: lazyRouteComponent(
    withWords(() => import('./features/reporting/ReportsPage.tsx'), 'reports', 'list'),
    'ReportsPage',
  ),
})

const reportRows = createRoute({
  getParentRoute: () => shell,
  path: '/reports/rows',
  validateSearch: (search: Record<string, unknown>): Partial<RowsSearch> => readRowsSearch(search) ?? {},
  component: lazyRouteComponent(
    withWords(() => import('./features/reporting/RowsPage.tsx'), 'reports', 'list'),
    'RowsPage',
  ),
})

const exports = createRoute({
  getParentRoute: () => shell,
  path: '/exports',
  validateSearch: readExportSearch,
  component: lazyRouteComponent(
    withWords(() => import('./features/exports/ExportsPage.tsx'), 'exports'),
    'ExportsPage',
  ),
})

const board = createRoute({
  getParentRoute: () => shell,
  path: '/board',
  component: lazyRouteComponent(
    withWords(() => import('./features/board/BoardPage.tsx'), 'board'),
    'BoardPage',
  ),
})

const leases = createRoute({
  getParentRoute: () => shell,
  path: '/leases',
  component: lazyRouteComponent(
    withWords(() => import('./features/leases/LeasesPage.tsx'), 'leases'),
    'LeasesPage',
  ),
})

const keys = createRoute({
  getParentRoute: () => shell,
  path: '/keys',
  component: lazyRouteComponent(
    withWords(() => import('./features/team/keys/KeysPage.tsx'), 'people'),
    'KeysPage',
  ),
})

const sessions = createRoute({
  getParentRoute: () => shell,
  path: '/sessions',
  component: lazyRouteComponent(
    withWords(() => import('./features/team/sessions/SessionsPage.tsx'), 'people'),
    'SessionsPage',
  ),
})

const preferences = createRoute({
  getParentRoute: () => shell,
  path: '/preferences',
  component: lazyRouteComponent(
    withWords(() => import('./features/preferences/PreferencesPage.tsx'), 'preferences', 'judging'),
    'PreferencesPage',
  ),
})

const newFlag = createRoute({
  getParentRoute: () => shell,
  path: '/new-flag',
  component: lazyRouteComponent(
    withWords(() => import('./features/intake/FlagPage.tsx'), 'intake'),
    'FlagPage',
  ),
})

const importPage = createRoute({
  getParentRoute: () => shell,
  path: '/import',
  component: lazyRouteComponent(
    withWords(() => import('./features/intake/import/ImportPage.tsx'), 'intake'),
    'ImportPage',
  ),
})

const PoliciesPage = lazyRouteComponent(
  withWords(
    () => import('./features/policies/PoliciesPage.tsx'),
    'policies',
    'reasons',
    'drafts',
    'rereview',
    'caption',
  ),
  'PoliciesPage',
)

const policies = createRoute({ getParentRoute: () => shell, path: '/policies', component: PoliciesPage })
const policy = createRoute({ getParentRoute: () => shell, path: '/policies/$policyId', component: PoliciesPage })
/** `new` and `file` in place of an id: a clause to be added, the policy as a file. */
const draft = createRoute({ getParentRoute: () => shell, path: '/policies/drafts/$draftId', component: PoliciesPage })
const sample = createRoute({
  getParentRoute: () => shell,
  path: '/policies/samples/$sampleId',
  component: PoliciesPage,
})

const routing = createRoute({
  getParentRoute: () => shell,
  path: '/routing',
  validateSearch: readRoutingSearch,
  component: lazyRouteComponent(
    withWords(() => import('./features/routing/RoutingPage.tsx'), 'routing'),
    'RoutingPage',
  ),
})

const GlossaryPage = lazyRouteComponent(
  withWords(() => import('./features/glossary/GlossaryPage.tsx'), 'glossary'),
  'GlossaryPage',
)

const glossary = createRoute({ getParentRoute: () => shell, path: '/glossary', component: GlossaryPage })
/** `new` in place of an id: a term to be added. */
const term = createRoute({ getParentRoute: () => shell, path: '/glossary/$termId', component: GlossaryPage })

/** Nobody is known yet: the language is the browser's. */
const speakAsBrowser = () => speak(null)

/** A string of the address, or nothing. */
function text(value: unknown) {
  return typeof value === 'string' && value !== '' ? value : undefined
}

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  beforeLoad: speakAsBrowser,
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
  beforeLoad: speakAsBrowser,
  validateSearch: readToken,
  component: lazyRouteComponent(
    withWords(() => import('./features/team/SetupPage.tsx'), 'team'),
    'SetupPage',
  ),
})

const join = createRoute({
  getParentRoute: () => root,
  path: '/join',
  beforeLoad: speakAsBrowser,
  validateSearch: readToken,
  component: lazyRouteComponent(
    withWords(() => import('./features/team/JoinPage.tsx'), 'team'),
    'JoinPage',
  ),
})

const routeTree = root.addChildren([
  home,
  shell.addChildren([
    queue,
    review,
    audit,
    deliveries,
    receivers,
    policies,
    routing,
    glossary,
    term,
    policy,
    draft,
    sample,
    team,
    load,
    leases,
    board,
    exports,
    reports,
    reportRows,
    keys,
    sessions,
    preferences,
    inbox,
    decisions,
    decision,
    appeals,
    newAppeal,
    appeal,
    templates,
    accounts,
    account,
    flags,
    reporters,
    reporter,
    newFlag,
    importPage,
  ]),
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
