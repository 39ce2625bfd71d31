import { ActionIcon } from '@mantine/core'
import { IconCircleCheck, IconX } from '@tabler/icons-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { tellListDone, useReviewStore } from '../review.store.ts'
import css from './ListDone.module.css'

/** Why the reviewer is back in the list: nothing in it is left to take. Gone once the list is left. */
export function ListDone() {
  const { t } = useTranslation('queue')
  const isListDone = useReviewStore((state) => state.isListDone)
  useEffect(() => () => tellListDone(false), [])
  if (!isListDone) return null
  return (
    <p className={css.done}>
      <IconCircleCheck size={15} className="ok" aria-hidden />
      {t('done.none')}
      <ActionIcon size={24} aria-label={t('done.close')} onClick={() => tellListDone(false)}>
        <IconX size={13} />
      </ActionIcon>
    </p>
  )
}
