import { Button, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import css from '../appeals.module.css'
import { Failure } from './Hearing.tsx'
import type { useHearing } from './use-hearing.ts'

type Props = { withdraw: ReturnType<typeof useHearing>['withdraw']; onCancel: () => void }

/** Closes an appeal undecided, with the reason. */
export function WithdrawForm({ withdraw, onCancel }: Props) {
  const { t } = useTranslation('appeals')
  const [act, setAct] = useState(() => ({ clientId: crypto.randomUUID(), reason: '' }))
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (act.reason.trim()) withdraw.mutate(act)
      }}
    >
      <Textarea
        rows={2}
        autoFocus
        label={t('withdraw.reason')}
        description={t('withdraw.hint')}
        maxLength={1_000}
        value={act.reason}
        onChange={(event) => setAct({ clientId: crypto.randomUUID(), reason: event.currentTarget.value })}
      />
      {withdraw.error ? <Failure error={withdraw.error} /> : null}
      <div className="row6">
        <Button type="submit" disabled={!act.reason.trim()} loading={withdraw.isPending}>
          {t('withdraw.send')}
        </Button>
        <Button onClick={onCancel}>{t('cancel')}</Button>
      </div>
    </form>
  )
}
