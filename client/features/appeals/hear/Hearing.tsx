import { Button } from '@mantine/core'
import { useEffect, useEffectEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorCode } from '#client/api/call.ts'
import { useNameOf } from '#client/api/choices.ts'
import { useMay, useSession } from '#client/api/session.ts'
import { announce } from '#client/ui/announce.tsx'
import { KeyCap } from '#client/ui/Kbd.tsx'
import { ButtonLink } from '#client/ui/links.tsx'
import { Panel } from '#client/ui/Panel.tsx'
import { DateTime } from '#client/ui/time.tsx'
import { useKeys } from '#client/ui/use-keys.ts'
import type { AppealDetail } from '#shared/contract/appeals.ts'
import css from '../appeals.module.css'
import { HearForm } from './HearForm.tsx'
import { useHearing } from './use-hearing.ts'
import { Verdict } from './Verdict.tsx'
import { WithdrawForm } from './WithdrawForm.tsx'

/** Where an appeal is answered: taken, decided, taken back; and where it is said why not. */
export function Hearing({ appeal }: { appeal: AppealDetail }) {
  if (appeal.state === 'waiting') return <Waiting appeal={appeal} />
  return <Verdict appeal={appeal} />
}

/** Milliseconds after which a page that is open keeps its appeal for longer. */
const keepMs = 10 * 60_000

function Waiting({ appeal }: { appeal: AppealDetail }) {
  const { t } = useTranslation('appeals')
  const me = useSession().person.id
  const mayDecide = useMay('appeal.decide')
  const mayFile = useMay('appeal.file')
  const acts = useHearing(appeal.id)
  const [isClosing, setClosing] = useState(false)
  const isMine = appeal.holderId === me
  const laterId = appeal.first.supersededById
  const isOpen = mayDecide && !appeal.isOwn && !laterId
  const isFree = isOpen && !appeal.holderId
  const claim = () => acts.claim.mutate(undefined, { onSuccess: () => announce(t('hear.taken')) })
  const release = () => acts.release.mutate(undefined, { onSuccess: () => announce(t('hear.released')) })
  const keep = useEffectEvent(() => acts.claim.mutate())
  useEffect(() => {
    if (!isMine) return
    const timer = setInterval(() => keep(), keepMs)
    return () => clearInterval(timer)
  }, [isMine])
  useKeys({
    ...(isFree && { enter: claim }),
    ...(isMine && { giveBack: release }),
  })
  const failure = acts.claim.error ?? acts.release.error
  return (
    <Panel
      title={t('hear.title')}
      side={
        isMine ? (
          <Button
            size="compact-xs"
            disabled={acts.release.isPending}
            onClick={release}
            rightSection={<KeyCap action="giveBack" />}
          >
            {t('hear.release')}
          </Button>
        ) : null
      }
    >
      <div className="col" style={{ gap: 10 }}>
        {laterId ? <Overtaken laterId={laterId} /> : null}
        {laterId ? null : <Why appeal={appeal} isMine={isMine} mayDecide={mayDecide} />}
        {isFree ? (
          <div>
            <Button
              variant="filled"
              loading={acts.claim.isPending}
              onClick={claim}
              rightSection={<KeyCap action="enter" />}
            >
              {t('hear.take')}
            </Button>
          </div>
        ) : null}
        {failure ? <Failure error={failure} /> : null}
        {isMine && !laterId ? <HearForm appeal={appeal} decide={acts.decide} /> : null}
        {mayFile && !isClosing ? (
          <div>
            <Button size="compact-sm" onClick={() => setClosing(true)}>
              {t('withdraw.open')}
            </Button>
          </div>
        ) : null}
        {isClosing ? <WithdrawForm withdraw={acts.withdraw} onCancel={() => setClosing(false)} /> : null}
      </div>
    </Panel>
  )
}

/** It was corrected by other ways while the appeal waited. */
function Overtaken({ laterId }: { laterId: string }) {
  const { t } = useTranslation('appeals')
  return (
    <p className={css.told} data-tone="warn">
      {t('hear.overtaken')}{' '}
      <ButtonLink to="/decisions/$decisionId" params={{ decisionId: laterId }} size="compact-xs">
        {t('hear.openLater')}
      </ButtonLink>
    </p>
  )
}

type WhyProps = { appeal: AppealDetail; isMine: boolean; mayDecide: boolean }

/** Who hears it, or why the reader does not. */
function Why({ appeal: { isOwn, holderId, heldUntil }, isMine, mayDecide }: WhyProps) {
  const { t } = useTranslation('appeals')
  const nameOf = useNameOf()
  if (isMine) return null
  if (isOwn) return <p className="sm t2">{t('hear.own')}</p>
  if (holderId && heldUntil) {
    return (
      <p className="sm t2">
        {t('hear.other', { name: nameOf(holderId) })} <DateTime at={heldUntil} form="time" />
      </p>
    )
  }
  return <p className="sm t2">{t(mayDecide ? 'hear.free' : 'hear.notMine')}</p>
}

const known = [
  'held_by_other',
  'own_decision',
  'already_decided',
  'lease_lost',
  'already_superseded',
  'already_undone',
  'too_late',
  'not_yours',
  'needs_second_person',
] as const

/** What was refused, in words. */
export function Failure({ error }: { error: unknown }) {
  const { t } = useTranslation('appeals')
  const code = errorCode(error)
  const name = known.find((each) => each === code)
  return (
    <p className="sm bad" role="alert">
      {t(name ? `fail.${name}` : 'fail.other')}
    </p>
  )
}
