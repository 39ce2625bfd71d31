import { ActionIcon } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { DateTime } from '#client/ui/time.tsx'
import { useKeys } from '#client/ui/use-keys.ts'
import type { Policy } from '#shared/contract/policies.ts'
import css from './decision.module.css'

type Props = {
  /** The clause in hand; null when none is chosen or suspected yet. */
  policy: Policy | null
  exemption: Policy | null
  onClose: () => void
}

/** The wording of the clause in hand, over the account's standing: post and decision stay in view while it is read. */
export function PolicyText({ policy, exemption, onClose }: Props) {
  const { t } = useTranslation('review')
  useKeys({ close: onClose })
  return (
    <section className={css.policyText} aria-label={t('policy.title')}>
      <div className="row">
        <h2>{t('policy.title')}</h2>
        <ActionIcon className="push" size={24} aria-label={t('close')} onClick={onClose}>
          <IconX size={14} />
        </ActionIcon>
      </div>
      {policy ? <Wording policy={policy} /> : <p className="sm t3">{t('policy.none')}</p>}
      {exemption ? <Wording policy={exemption} /> : null}
    </section>
  )
}

function Wording({ policy }: { policy: Policy }) {
  const { t } = useTranslation('review')
  const { current } = policy
  return (
    <article className={css.wording}>
      <h3>
        <span className="num">{policy.code}</span> {current.label}{' '}
        <span className="t3 xs">
          {t('policy.version', { version: current.version })}, <DateTime at={current.inForceSince} form="date" />
        </span>
      </h3>
      <p>{current.description}</p>
      <Points title={t('policy.signs')} points={current.signs} />
      <Points title={t('policy.notThis')} points={current.notThis} />
      <Points title={t('policy.questions')} points={current.questions} />
      {current.usualMeasures.length > 0 ? (
        <p className="t2">{t('policy.usual', { measures: current.usualMeasures.join('; ') })}</p>
      ) : null}
      {current.alert ? <p className="bad b">{t('policy.alert', { whom: current.alert })}</p> : null}
    </article>
  )
}

function Points({ title, points }: { title: string; points: readonly string[] }) {
  if (points.length === 0) return null
  return (
    <div>
      <h4>{title}</h4>
      <ul>
        {points.map((point) => (
          <li key={point}>{point}</li>
        ))}
      </ul>
    </div>
  )
}
