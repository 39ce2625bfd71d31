import { useDebouncedValue } from '@mantine/hooks'
import { IconFileText, IconGavel, IconUser } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { call } from '#client/api/call.ts'
import { OutcomeBadge } from '#client/ui/OutcomeBadge.tsx'
import { StateBadge } from '#client/ui/StateBadge.tsx'
import { StatusBadge } from '#client/ui/StatusBadge.tsx'
import { LangTag, PlatformTag } from '#client/ui/tags.tsx'
import { type Found, lookUp } from '#shared/contract/lookup.ts'
import type { Command } from './commands.ts'
import css from './palette.module.css'

/** A hand that pastes waits for nothing; one that types is left to finish. */
const typingMs = 120

/** What the text stands for, as the server knows it. */
export function useFound(text: string) {
  const [settled] = useDebouncedValue(text.trim(), typingMs)
  const navigate = useNavigate()
  const isAsked = settled.length > 1 || /^\d$/.test(settled)
  const { data, isFetching, isError } = useQuery({
    queryKey: ['lookup', settled],
    queryFn: ({ signal }) => call(lookUp, { query: { text: settled.slice(0, 2_000) }, signal }),
    enabled: isAsked,
    staleTime: 10_000,
  })
  const isSettled = settled === text.trim()
  return {
    commands: (isAsked ? (data?.items ?? []) : []).map((found) => commandOf(found, navigate)),
    isLooking: text.trim() !== '' && (isFetching || !isSettled),
    isError,
  }
}

function commandOf(found: Found, navigate: ReturnType<typeof useNavigate>): Command {
  if (found.kind === 'review') {
    return {
      id: `review ${found.id}`,
      group: 'found',
      icon: IconFileText,
      label: `${found.reference} ${found.captionExcerpt || found.handle}`,
      face: <ReviewFace found={found} />,
      side: <ReviewSide found={found} />,
      run: () => void navigate({ to: '/reviews/$reviewId', params: { reviewId: found.id } }),
    }
  }
  if (found.kind === 'decision') {
    return {
      id: `decision ${found.id}`,
      group: 'found',
      icon: IconGavel,
      label: found.reviewReference,
      face: <span className="mono">{found.reviewReference}</span>,
      side: <OutcomeBadge outcome={found.outcome} bare />,
      run: () => void navigate({ to: '/decisions/$decisionId', params: { decisionId: found.id } }),
    }
  }
  return {
    id: `account ${found.id}`,
    group: 'found',
    icon: IconUser,
    label: `${found.handle} ${found.displayName ?? ''}`,
    face: <AccountFace found={found} />,
    side: <StatusBadge status={found.status} bare />,
    run: () => void navigate({ to: '/accounts/$accountId', params: { accountId: found.id } }),
  }
}

function ReviewSide({ found: { state, language } }: { found: Extract<Found, { kind: 'review' }> }) {
  return (
    <>
      <StateBadge state={state} bare />
      <LangTag code={language} />
    </>
  )
}

function ReviewFace({ found: { reference, captionExcerpt, handle } }: { found: Extract<Found, { kind: 'review' }> }) {
  return (
    <span className={css.face}>
      <span className="mono t2">{reference}</span>
      <bdi className="cut" dir="auto">
        {captionExcerpt || handle}
      </bdi>
    </span>
  )
}

function AccountFace({ found }: { found: Extract<Found, { kind: 'account' }> }) {
  const { handle, displayName, platform } = found
  return (
    <span className={css.face}>
      <bdi className="b cut">{handle}</bdi>
      <PlatformTag platform={platform} />
      {displayName && displayName !== handle ? (
        <bdi className="t3 cut" dir="auto">
          {displayName}
        </bdi>
      ) : null}
    </span>
  )
}
