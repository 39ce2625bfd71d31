import { Modal } from '@mantine/core'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { Kbd } from '#client/ui/Kbd.tsx'
import { useKeymap } from '../keymap.ts'
import { type KeyAction, sheet } from '../keys.ts'
import css from './KeySheet.module.css'

/** Every key there is, from the map that binds them. */
export function KeySheet({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('shell')
  return (
    <Modal
      opened
      onClose={onClose}
      size={900}
      title={<span className="b">{t('keys.title')}</span>}
      closeButtonProps={{ 'aria-label': t('keys.close') }}
      centered
    >
      <div className={css.keys}>
        {sheet.map(({ group, lines }) => (
          <section key={group} aria-labelledby={`keys-${group}`}>
            <h2 id={`keys-${group}`}>{t(`group.${group}`)}</h2>
            <dl>
              {lines.map(([does, actions]) => (
                <div key={does}>
                  <dt>
                    <bdi dir="ltr">
                      <Caps actions={actions} />
                    </bdi>
                  </dt>
                  <dd>{t(`does.${does}`)}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p className={`${css.foot} xs t3 rule`}>{t('keys.foot')}</p>
    </Modal>
  )
}

function Caps({ actions }: { actions: readonly KeyAction[] }) {
  const { keymap } = useKeymap()
  return actions.map((action) => {
    const { codes, caps } = keymap[action]
    // A range names its first and last key only.
    const isRange = codes.length > 2
    return (
      <Fragment key={action}>
        {caps.map((cap, index) => (
          <Fragment key={cap}>
            {isRange && index > 0 ? <span className="t3">–</span> : null}
            <Kbd>{cap}</Kbd>
          </Fragment>
        ))}
      </Fragment>
    )
  })
}
