import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Look, lookOf, type Treatment } from '#shared/domain/redaction.ts'
import { looks } from './looks.ts'
import css from './preferences.module.css'

type Props = {
  label: string
  value: Look | ''
  /** What holds when nothing is chosen; left out, something must be. */
  otherwise?: { words: 'house' | 'everything'; treatment: Treatment }
  onChange: (look: Look | '') => void
}

/** One look of six, or what holds otherwise. */
export function LookChoice({ label, value, otherwise, onChange }: Props) {
  const { t } = useTranslation('preferences')
  const empty = otherwise
    ? [
        {
          value: '',
          label: t(`look.as.${otherwise.words}`, { look: t(`look.${lookOf(otherwise.treatment)}`) }),
        },
      ]
    : []
  return (
    <Select
      label={label}
      data={[...empty, ...looks.map((look) => ({ value: look as string, label: t(`look.${look}`) }))]}
      value={value}
      allowDeselect={false}
      onChange={(chosen) => chosen !== null && chosen !== value && onChange(chosen === '' ? '' : Look.parse(chosen))}
    />
  )
}

/** A picture of nothing that hurts, as the server redacts it. */
export function LookSample({ treatment }: { treatment: Treatment }) {
  const { t } = useTranslation('preferences')
  const look = lookOf(treatment)
  return (
    <figure className={css.sample}>
      <img
        src={`/sample/${look}.webp`}
        alt={t('look.sampleAlt', { look: t(`look.${look}`) })}
        width={240}
        height={160}
      />
      <figcaption className="xs t3">{t('look.sample', { look: t(`look.${look}`) })}</figcaption>
    </figure>
  )
}
