import { ActionIcon, Button, Select, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { usePolicyChoices } from '#client/api/choices.ts'
import { announce } from '#client/ui/announce.tsx'
import { Panel } from '#client/ui/Panel.tsx'
import { Refused } from '../Refused.tsx'
import css from '../routing.module.css'
import { useMapCode } from '../routing.queries.ts'
import type { OpenCode } from './ReasonsTab.tsx'

/** What one code stands for. Of a code that is known only the clause can be changed, or whose code it is. */
export function CodeForm({ of, onClose }: { of: OpenCode; onClose: () => void }) {
  const { t } = useTranslation('routing')
  const clauses = usePolicyChoices('clause')
  const [code, setCode] = useState(of.code)
  const [sourceName, setSourceName] = useState(of.policyId === null ? '' : of.sourceName)
  const [policyId, setPolicyId] = useState(of.policyId)
  const map = useMapCode()

  function submit(event: FormEvent) {
    event.preventDefault()
    map.mutate(
      { code: code.trim(), sourceName: sourceName.trim(), policyId },
      {
        onSuccess: () => {
          announce(t('reasons.saved', { code }))
          onClose()
        },
      },
    )
  }

  return (
    <Panel
      title={t('reasons.form')}
      side={
        <ActionIcon aria-label={t('close')} onClick={onClose}>
          <IconX size={15} aria-hidden />
        </ActionIcon>
      }
    >
      <form className={css.form} onSubmit={submit} noValidate>
        <TextInput
          label={t('reasons.code')}
          maxLength={200}
          dir="ltr"
          value={code}
          disabled={of.isKnown}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <TextInput
          label={t('reasons.of')}
          description={t('reasons.of.hint')}
          placeholder={t('reasons.everySource')}
          maxLength={200}
          dir="ltr"
          value={sourceName}
          disabled={of.policyId !== null}
          onChange={(event) => setSourceName(event.currentTarget.value)}
        />
        <Select
          label={t('reasons.clause')}
          placeholder={t('reasons.none')}
          data={clauses}
          value={policyId}
          clearable
          searchable
          onChange={setPolicyId}
        />
        <p className="sm t2">{t('reasons.text')}</p>
        <Refused error={map.error} />
        <div className={css.acts}>
          <Button
            type="submit"
            variant="filled"
            loading={map.isPending}
            disabled={code.trim() === '' || policyId === of.policyId}
          >
            {t('save')}
          </Button>
        </div>
      </form>
    </Panel>
  )
}
