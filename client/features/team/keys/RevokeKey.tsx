import { Button, Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { announce } from '#client/ui/announce.tsx'
import type { ApiKey } from '#shared/contract/keys.ts'
import css from '../people/people.module.css'
import { Refusal } from '../Refusal.tsx'
import { useRevokeKey } from './keys.queries.ts'

/** Asks once more: a key that was revoked is gone for good. */
export function RevokeKey({ apiKey: { id, name }, onClose }: { apiKey: ApiKey; onClose: () => void }) {
  const { t } = useTranslation('people')
  const revoke = useRevokeKey()
  function act() {
    revoke.mutate(id, {
      onSuccess: () => {
        announce(t('keys.revoke.done'))
        onClose()
      },
    })
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={<span className="b">{t('keys.revoke.title', { name })}</span>}
      closeButtonProps={{ 'aria-label': t('keys.revoke.keep') }}
    >
      <div className={css.form}>
        <p className="sm">{t('keys.revoke.text')}</p>
        <Refusal error={revoke.error} />
        <div className="row6">
          <Button className={css.danger} loading={revoke.isPending} onClick={act}>
            {t('keys.revoke')}
          </Button>
          <Button data-autofocus onClick={onClose}>
            {t('keys.revoke.keep')}
          </Button>
        </div>
      </div>
    </Modal>
  )
}
