import { Button, MultiSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { usePolicyChoices } from '#client/api/choices.ts'
import { useMay } from '#client/api/session.ts'
import { announce } from '#client/ui/announce.tsx'
import { Panel } from '#client/ui/Panel.tsx'
import { Refused } from '../Refused.tsx'
import css from '../routing.module.css'
import { trainingQuery, useChangeTraining } from '../routing.queries.ts'

/** Clauses whose reviews are for trained people only. */
export function Training() {
  const { t } = useTranslation('routing')
  const mayManage = useMay('queue.manage')
  const choices = usePolicyChoices('clause')
  const { data } = useQuery(trainingQuery)
  const [draft, setDraft] = useState<string[] | null>(null)
  const save = useChangeTraining()
  const shown = draft ?? data?.clauses ?? []
  const isChanged = draft !== null && [...draft].sort().join() !== [...(data?.clauses ?? [])].sort().join()
  const done = () => {
    setDraft(null)
    announce(t('training.saved'))
  }
  return (
    <Panel title={t('training.title')}>
      <div className={css.form}>
        <p className="sm t2">{t('training.text')}</p>
        <MultiSelect
          aria-label={t('training.title')}
          placeholder={shown.length === 0 ? t('training.none') : ''}
          data={choices}
          value={shown}
          disabled={!mayManage || !data}
          searchable
          hidePickedOptions
          onChange={setDraft}
        />
        <Refused error={save.error} />
        {isChanged ? (
          <div className={css.acts}>
            <Button variant="filled" loading={save.isPending} onClick={() => save.mutate(shown, { onSuccess: done })}>
              {t('save')}
            </Button>
            <Button onClick={() => setDraft(null)}>{t('cancel')}</Button>
          </div>
        ) : null}
      </div>
    </Panel>
  )
}
