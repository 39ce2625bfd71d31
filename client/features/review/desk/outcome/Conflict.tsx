import { Button } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useClock } from '#client/ui/clock.ts'
import { Face } from '#client/ui/Face.tsx'
import { useFormat } from '#client/ui/format.ts'
import { KeyCap } from '#client/ui/Kbd.tsx'
import { isTyping, useKeys } from '#client/ui/use-keys.ts'
import type { Conflict as ConflictFacts } from '#shared/contract/conflict.ts'
import type { DecisionRecord } from '#shared/contract/decisions.ts'
import css from '../decision/decision.module.css'
import { type Draft, isBlank, type Policies } from '../decision/decision-draft.ts'
import type { ConflictCode } from './panel-choice.ts'
import { ToldCard } from './ToldCard.tsx'
import { differencesOf, type Told, toldOfConflict, toldOfDraft, toldOfRecord, useTold } from './told.ts'

type Props = {
  code: ConflictCode
  conflict: ConflictFacts | null
  /** When it happened, where the server told nothing more. */
  at: string | null
  /** The review's own record, for when the server's answer had none. */
  record: DecisionRecord | null
  nameOf: (personId: string) => string
  draft: Draft
  policies: Policies
  onNext: () => void
  /** Claims or reads again, with the draft kept. */
  onAgain: () => void
  /** Why going on did not work. */
  notice: string | null
  back: ReactNode
}

/** Stands in place of the form: who did what, when, theirs beside mine, and the ways on. The draft is never thrown away. */
export function Conflict({
  code,
  conflict,
  at,
  record,
  nameOf,
  draft,
  policies,
  onNext,
  onAgain,
  notice,
  back,
}: Props) {
  const { t } = useTranslation('review')
  const { t: turns } = useTranslation('turns')
  const format = useFormat()
  const tell = useTold(policies)
  const title = useId()
  const canTryAgain = code === 'lease_lost' || code === 'version_changed'
  useKeys({ accept: () => isTyping() || onNext(), ...(canTryAgain && { enter: onAgain }) })

  const theirs = conflict?.decision ? toldOfConflict(conflict.decision) : record ? toldOfRecord(record) : null
  const mine = isBlank(draft) ? null : toldOfDraft(draft, policies)
  const byId = conflict?.byId ?? record?.decidedById ?? null
  const who = conflict?.byName ?? (byId ? nameOf(byId) : t('conflict.somebody'))
  const when = at ?? record?.decidedAt ?? null
  const ago = useClock((now) => (when ? format.span(Math.max(0, now - Date.parse(when))) : ''))

  const heads: Record<ConflictCode, string> = {
    already_decided: theirs
      ? t('conflict.decided', { who, ago, what: tell(theirs) })
      : t('conflict.decidedPlain', { who }),
    held_by_other: t('conflict.held', { who }),
    lease_lost:
      byId && conflict?.heldUntil
        ? turns('lost.taken', { who })
        : t('conflict.lost', { time: when ? format.date(when, 'seconds') : '' }),
    version_changed: t('conflict.changed', { who }),
  }
  return (
    <section className={css.conflict} role="alert" aria-labelledby={title}>
      <div className="row">
        {byId ? <Face id={byId} name={who} size={26} isPlain /> : null}
        <div className="col">
          <b className="b" id={title}>
            {heads[code]}
          </b>
          <span className="sm t2">{below()}</span>
        </div>
      </div>
      {theirs && code === 'already_decided' ? (
        <div className={css.versus}>
          <ToldCard title={t('conflict.theirs', { who })} told={theirs} policies={policies} />
          {mine ? <ToldCard title={t('conflict.mine')} told={mine} policies={policies} /> : null}
        </div>
      ) : null}
      {mine ? (
        <p className="sm t2">
          <IconLock size={13} style={{ verticalAlign: -2 }} aria-hidden />{' '}
          {theirs && mine ? differ(theirs, mine) : null} {t('conflict.kept')}
        </p>
      ) : null}
      {canTryAgain ? (
        <Button variant="filled" fullWidth h={34} onClick={onAgain} rightSection={<KeyCap action="enter" />}>
          {t(code === 'lease_lost' ? 'conflict.claimAgain' : 'conflict.lookAgain')}
        </Button>
      ) : null}
      {notice ? <p className="sm bad">{notice}</p> : null}
      <div className="row">
        <Button
          className="grow"
          variant={canTryAgain ? 'default' : 'filled'}
          h={34}
          onClick={onNext}
          rightSection={<KeyCap action="accept" />}
        >
          {t(code === 'already_decided' ? 'conflict.accept' : 'conflict.next')}
        </Button>
        {back}
      </div>
    </section>
  )

  function below() {
    if (code === 'held_by_other' || (code === 'lease_lost' && conflict?.heldUntil && byId)) {
      const time = conflict?.heldUntil ? format.date(conflict.heldUntil, 'time') : ''
      return code === 'lease_lost' ? t('conflict.heldNow', { who, time }) : t('conflict.heldUntil', { time })
    }
    if (code === 'lease_lost') return t('conflict.lostWhy')
    if (code === 'version_changed') return t('conflict.changedWhy', { ago })
    return when ? format.date(when, 'full') : null
  }

  function differ(one: Told, other: Told) {
    const parts = differencesOf(one, other)
    if (parts.length === 0) return t('conflict.same')
    return t('conflict.differs', { parts: format.list(parts.map((part) => t(`conflict.part.${part}`))) })
  }
}
