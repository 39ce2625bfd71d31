import { IconHandStop } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorFacts } from '#client/api/call.ts'
import { usePresent } from '#client/api/presence.ts'
import { peopleQuery } from '#client/api/reference-data.ts'
import { useMay, useSession } from '#client/api/session.ts'
import { Face } from '#client/ui/Face.tsx'
import { KeyCap } from '#client/ui/Kbd.tsx'
import { ButtonLink } from '#client/ui/links.tsx'
import { usePageTitle } from '#client/ui/page.tsx'
import { EmptyState, ErrorState } from '#client/ui/states.tsx'
import { useKeys } from '#client/ui/use-keys.ts'
import { Delayed, SkeletonText } from '#client/ui/waiting.tsx'
import { HeldRow } from './HeldRow.tsx'
import css from './leases.module.css'
import { type Hand, handsOf, leasesQuery, useLiveLeases } from './leases.queries.ts'
import { useActs } from './use-acts.ts'

/** Who holds what at this moment, with the ways to take it from them. */
export function LeasesPage() {
  const { t } = useTranslation('leases')
  const { data, error, isPending, refetch } = useQuery(leasesQuery)
  const acts = useActs()
  const mayAssign = useMay('review.assign')
  usePageTitle(t('title'))
  useLiveLeases()
  const hands = handsOf(data?.items ?? [])
  const count = data?.items.length ?? 0

  if (error && !data) {
    return (
      <ErrorState
        heading="h1"
        title={t('failed.title')}
        {...errorFacts(error)}
        kept={t('failed.kept')}
        onRetry={() => void refetch()}
      />
    )
  }
  return (
    <div className={css.page}>
      <header className="row wrap">
        <h1>{t('title')}</h1>
        {data ? (
          <span className="sm t2 num">
            {t('count', { count })}, {t('people', { count: hands.length })}
          </span>
        ) : null}
        {mayAssign && count > 0 ? <Caps /> : null}
      </header>
      {acts.problem ? (
        <p className={`sm ${css.problem}`} role="alert">
          {acts.problem}
        </p>
      ) : null}
      {isPending ? (
        <Delayed>
          <SkeletonText lines={6} />
        </Delayed>
      ) : null}
      {data && count === 0 ? (
        <EmptyState
          icon={IconHandStop}
          title={t('empty.title')}
          action={<ButtonLink to="/queue">{t('empty.action')}</ButtonLink>}
        >
          {t('empty.text')}
        </EmptyState>
      ) : null}
      {count > 0 ? <Hands hands={hands} cap={data?.cap} acts={acts} /> : null}
    </div>
  )
}

function Caps() {
  const { t } = useTranslation('leases')
  return (
    <span className={`${css.caps} hideS xs t3 push`}>
      {(['takeOver', 'assign', 'giveBack'] as const).map((act) => (
        <span key={act} className="row4">
          <KeyCap action={act} /> {t(act)}
        </span>
      ))}
    </span>
  )
}

type Props = { hands: Hand[]; cap: number | undefined; acts: ReturnType<typeof useActs> }

/** One table a person; the arrows go through all of them. */
function Hands({ hands, cap, acts }: Props) {
  const { t } = useTranslation('leases')
  const navigate = useNavigate()
  const me = useSession().person.id
  const mayAct = useMay('review.assign')
  const { data: people } = useQuery(peopleQuery)
  const present = usePresent()
  const page = useRef<HTMLDivElement>(null)
  const [atId, setAtId] = useState<string | null>(null)
  const [assigningId, setAssigningId] = useState<string | null>(null)
  const rows = hands.flatMap(({ held }) => held)
  // What was there is gone by now: the next one down is meant.
  const lastAt = useRef(0)
  const found = rows.findIndex(({ reviewId }) => reviewId === atId)
  if (found >= 0) lastAt.current = found
  const at = found >= 0 ? found : Math.min(lastAt.current, rows.length - 1)
  const current = rows[at]

  function move(by: 1 | -1) {
    const next = rows[Math.max(0, Math.min(rows.length - 1, atId === null ? 0 : at + by))]
    if (!next) return
    setAtId(next.reviewId)
    page.current?.querySelector<HTMLElement>(`[data-held="${next.reviewId}"]`)?.focus()
  }
  useKeys({
    down: () => move(1),
    up: () => move(-1),
    enter: () => current && void navigate({ to: '/reviews/$reviewId', params: { reviewId: current.reviewId } }),
    ...(mayAct &&
      current && {
        takeOver: () => current.holderId !== me && acts.give({ held: current, to: 'me' }),
        assign: () => setAssigningId(current.reviewId),
        giveBack: () => acts.give({ held: current, to: null }),
      }),
  })
  return (
    <div className={css.hands} ref={page}>
      {hands.map(({ holderId, held }) => {
        const name = people?.get(holderId)?.name ?? holderId.slice(-8)
        return (
          <section key={holderId} className="panel" aria-label={name}>
            <header className={css.head}>
              <Face id={holderId} name={name} size={24} isPlain />
              <h2 className="b">{name}</h2>
              <span className="xs t3">{t(present.has(holderId) ? 'here' : 'away')}</span>
              <Load name={name} held={held.length} cap={cap} />
            </header>
            <div className={css.table}>
              <table className="dt" aria-label={name}>
                <thead>
                  <tr>
                    {(['review', 'queue', 'since', 'until'] as const).map((column) => (
                      <th key={column} scope="col">
                        {t(`col.${column}`)}
                      </th>
                    ))}
                    {mayAct ? (
                      <th scope="col">
                        <span className="vh">{t('col.acts')}</span>
                      </th>
                    ) : null}
                  </tr>
                </thead>
                <tbody>
                  {held.map((each) => (
                    <HeldRow
                      key={each.reviewId}
                      held={each}
                      acts={acts}
                      isAt={each === current}
                      onAt={() => setAtId(each.reviewId)}
                      isMine={holderId === me}
                      mayAct={mayAct}
                      isAssigning={assigningId === each.reviewId}
                      onAssigning={(isOpen) => setAssigningId(isOpen ? each.reviewId : null)}
                    />
                  ))}
                </tbody>
              </table>
            </div>
          </section>
        )
      })}
    </div>
  )
}

/** How full the hand is, in a figure and a bar. */
function Load({ name, held, cap }: { name: string; held: number; cap: number | undefined }) {
  const { t } = useTranslation('leases')
  if (cap === undefined) return <span className="push num sm">{held}</span>
  return (
    <span className={`${css.load} push`} role="img" aria-label={t('of.label', { name, held, cap })}>
      <span className={css.bar} data-full={held >= cap || undefined}>
        <span style={{ inlineSize: `${Math.min(100, (held / cap) * 100)}%` }} />
      </span>
      <span className="num sm">{t('of', { held, cap })}</span>
    </span>
  )
}
