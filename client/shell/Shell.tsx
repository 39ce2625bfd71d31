import { useMediaQuery } from '@mantine/hooks'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Outlet, useLocation, useNavigate, useRouter } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { followLive } from '#client/api/live.ts'
import { usePresence } from '#client/api/presence.ts'
import { forgetOnSignOut, SessionContext, sessionQuery } from '#client/api/session.ts'
import { useLiveCache } from '#client/api/use-live-cache.ts'
import { loadWords } from '#client/i18n/i18n.ts'
import { HouseZone } from '#client/ui/format.ts'
import { ButtonLink } from '#client/ui/links.tsx'
import { recentPages } from '#client/ui/page.tsx'
import { NoPermission } from '#client/ui/states.tsx'
import { useKeys } from '#client/ui/use-keys.ts'
import type { Session } from '#shared/contract/team.ts'
import { takeOwnKeys } from '../keymap.ts'
import { type Entry, entries } from './entries.ts'
import { Rail } from './Rail.tsx'
import css from './Shell.module.css'
import { TabBar } from './TabBar.tsx'
import { TopBar } from './TopBar.tsx'
import { usePreferred } from './use-preferred.ts'

const ThreatStrip = lazy(async () => {
  const [part] = await Promise.all([import('./ThreatStrip.tsx'), loadWords('safety')])
  return { default: part.ThreatStrip }
})
const Palette = lazy(async () => {
  const [part] = await Promise.all([import('./palette/Palette.tsx'), loadWords('palette', 'preferences')])
  return { default: part.Palette }
})
const KeySheet = lazy(async () => ({ default: (await import('./KeySheet.tsx')).KeySheet }))

forgetOnSignOut(() => recentPages.clear())

/** Stands around every page that needs somebody signed in. A session that ends takes the page away at once. */
export function Shell() {
  const router = useRouter()
  const { data: session } = useQuery(sessionQuery)
  useEffect(() => {
    // The route asks again who is signed in, and sends nobody to sign-in.
    if (session === null) void router.invalidate()
  }, [session, router])
  if (!session) return null
  return (
    <SessionContext value={session}>
      <HouseZone value={session.organisation.timeZone}>
        <Frame session={session} />
      </HouseZone>
    </SessionContext>
  )
}

function Frame({ session }: { session: Session }) {
  const { t } = useTranslation('shell')
  const navigate = useNavigate()
  const path = useLocation({ select: (location) => location.pathname })
  const sheet = useSheet()
  const palette = useSheet()
  const [isWide, setWide] = useWideRail()
  const shown = entries.filter((entry) => session.permissions.includes(entry.needs))
  const current = entries.find((entry) => path.startsWith(entry.under))
  const mayRead = !current || session.permissions.includes(current.read)
  const main = useMainFocus(path)
  const { keys } = session.preferences
  useLayoutEffect(() => takeOwnKeys(keys), [keys])
  useNameOfPage(current)
  useFollowing(session.person.id)
  usePreferred(session.preferences)
  useKeys({
    palette: palette.open,
    sheet: sheet.open,
    rail: () => setWide(!isWide),
    goPreferences: () => navigate({ to: '/preferences' }),
    ...Object.fromEntries(shown.map((entry) => [entry.key, () => navigate(entry.link)])),
  })
  return (
    <div className={css.shell}>
      <button type="button" className={css.skip} onClick={() => main.current?.focus()}>
        {t('skip')}
      </button>
      <Rail {...{ shown, current, isWide }} onWide={setWide} onKeys={sheet.open} />
      <TopBar current={current} person={session.person} onFind={palette.open} />
      <main className={css.main} id="main" tabIndex={-1} ref={main}>
        <div>
          {session.permissions.includes('threat.answer') && !path.startsWith('/reviews/') ? (
            <Suspense fallback={null}>
              <ThreatStrip />
            </Suspense>
          ) : null}
        </div>
        <div className={css.page}>
          {mayRead ? (
            <Outlet />
          ) : (
            <NoPermission heading="h1" action={<ButtonLink to="/queue">{t('nav.queue')}</ButtonLink>} />
          )}
        </div>
      </main>
      <TabBar shown={shown} current={current} />
      {palette.isOpen ? (
        <Suspense fallback={null}>
          <Palette shown={shown} onClose={palette.close} />
        </Suspense>
      ) : null}
      {sheet.isOpen ? (
        <Suspense fallback={null}>
          <KeySheet onClose={sheet.close} />
        </Suspense>
      ) : null}
    </div>
  )
}

/** Hears of what changes, for as long as this person is at the screen. */
function useFollowing(personId: string) {
  const queryClient = useQueryClient()
  // biome-ignore lint/correctness/useExhaustiveDependencies: another person follows what that person may see
  useEffect(() => followLive(queryClient), [queryClient, personId])
  useLiveCache()
  usePresence()
}

/** The sheet of keys; as it closes, the focus goes back to where it was. */
function useSheet() {
  const [isOpen, setOpen] = useState(false)
  const opener = useRef<Element | null>(null)
  function open() {
    opener.current = document.activeElement
    setOpen(true)
  }
  function close() {
    setOpen(false)
    if (opener.current instanceof HTMLElement) opener.current.focus({ preventScroll: true })
  }
  return { isOpen, open, close }
}

/** Wide on wide screens, unless the person says otherwise. */
function useWideRail() {
  const isWideScreen = useMediaQuery('(min-width: 1600px)', undefined, { getInitialValueInEffect: false })
  const [chosen, setChosen] = useState<boolean | null>(null)
  return [chosen ?? isWideScreen === true, setChosen] as const
}

/** After going elsewhere the focus is on the new page, not on the link that led there. */
function useMainFocus(path: string) {
  const main = useRef<HTMLElement>(null)
  const shownPath = useRef(path)
  useEffect(() => {
    if (shownPath.current === path) return
    shownPath.current = path
    if (!main.current?.contains(document.activeElement)) main.current?.focus({ preventScroll: true })
  }, [path])
  return main
}

/** A name for the tab until the page gives a better one (`usePageTitle` runs after this). */
function useNameOfPage(current: Entry | undefined) {
  const { t } = useTranslation('shell')
  const name = current ? t(`nav.${current.name}`) : null
  useLayoutEffect(() => {
    document.title = name ? `${name} · Docket` : 'Docket'
  }, [name])
}
