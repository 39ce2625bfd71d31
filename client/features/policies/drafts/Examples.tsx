import { ActionIcon, Button, Checkbox, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { PolicyExample } from '#shared/contract/policies.ts'
import { LongText } from '../LongText.tsx'
import own from './drafts.module.css'

type Props = { examples: readonly PolicyExample[]; onChange: (examples: PolicyExample[]) => void }

/** Made-up posts both ways: those that fall under the clause and those that only look like it. */
export function Examples({ examples, onChange }: Props) {
  const { t } = useTranslation('drafts')
  const set = (index: number, part: Partial<PolicyExample>) =>
    onChange(examples.map((each, at) => (at === index ? { ...each, ...part } : each)))
  return (
    <fieldset className={own.rows}>
      <legend>{t('examples.title')}</legend>
      {examples.map((example, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is known by its place alone
        <div key={index} className={own.example}>
          <LongText
            label={t('examples.text', { n: index + 1 })}
            rows={2}
            maxLength={2_000}
            value={example.text}
            onChange={({ currentTarget: { value } }) => set(index, { text: value })}
          />
          <TextInput
            label={t('examples.why', { n: index + 1 })}
            dir="auto"
            maxLength={1_000}
            value={example.why}
            onChange={({ currentTarget: { value } }) => set(index, { why: value })}
          />
          <div className="row">
            <Checkbox
              label={t('examples.falls')}
              checked={example.falls}
              onChange={({ currentTarget: { checked } }) => set(index, { falls: checked })}
            />
            <ActionIcon
              className="push"
              aria-label={t('examples.remove', { n: index + 1 })}
              onClick={() => onChange(examples.filter((_, at) => at !== index))}
            >
              <IconX size={14} aria-hidden />
            </ActionIcon>
          </div>
        </div>
      ))}
      <div>
        <Button
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => onChange([...examples, { text: '', falls: examples.length % 2 === 0, why: '' }])}
        >
          {t('examples.add')}
        </Button>
      </div>
    </fieldset>
  )
}
