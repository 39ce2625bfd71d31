import { Button } from '@mantine/core'
import { type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useChangePreferences, usePreferences } from '#client/api/preferences.ts'
import { capsOf, isChangeable, isUsable, keymapOf, ownerOf } from '#client/keymap.ts'
import { bindings, type KeyAction, sheet } from '#client/keys.ts'
import { Kbd } from '#client/ui/Kbd.tsx'
import css from './preferences.module.css'

const groups = sheet
  .map(({ group, lines }) => ({
    group,
    actions: lines.flatMap(([, actions]) => actions as readonly KeyAction[]).filter(isChangeable),
  }))
  .filter(({ actions }) => actions.length > 0)

/** Acts that share a line of the sheet have names of their own here; the others are called what the sheet calls them. */
type Does = (typeof sheet)[number]['lines'][number][0]
const alone = new Map<KeyAction, Does>(
  sheet.flatMap(({ lines }) =>
    lines.flatMap(([does, actions]) => (actions.length > 1 ? [] : [[actions[0], does] as const])),
  ),
)
type Shared = 'keep' | 'label' | 'restrict' | 'remove' | 'noAction' | 'warn' | 'limit' | 'block'

/** The keys that one letter stands for, each of which may be another one; never two acts on one key. */
export function KeysSection() {
  const { t } = useTranslation(['preferences', 'shell'])
  const { keys } = usePreferences()
  const change = useChangePreferences()
  const [waiting, setWaiting] = useState<KeyAction | null>(null)
  const [refusal, setRefusal] = useState<{ action: KeyAction; text: string } | null>(null)
  const keymap = keymapOf(keys)
  const nameOf = (action: KeyAction) => {
    const does = alone.get(action)
    return does ? t(`shell:does.${does}`) : t(`act.${action as Shared}`)
  }
  const isOwn = (action: KeyAction) => keymap[action].codes[0] !== bindings[action].codes[0]

  function choose(action: KeyAction, code: string) {
    const owner = ownerOf(code, keymap)
    if (owner !== null && owner !== action) {
      const has = owner === 'go' ? t('keys.go') : nameOf(owner)
      return setRefusal({ action, text: t('keys.taken', { caps: capsOf(code).join(' '), has }) })
    }
    setRefusal(null)
    setWaiting(null)
    const { [action]: _, ...rest } = keys
    change.mutate({ keys: code === bindings[action].codes[0] ? rest : { ...rest, [action]: [code] } })
  }

  function hear(event: KeyboardEvent, action: KeyAction) {
    if (waiting !== action || event.key === 'Tab' || /^(Shift|Control|Meta|Alt)/.test(event.code)) return
    event.preventDefault()
    event.stopPropagation()
    if (event.code === 'Escape') {
      setWaiting(null)
      return setRefusal(null)
    }
    const code = `${event.shiftKey ? 'Shift+' : ''}${event.code}`
    if (event.ctrlKey || event.metaKey || event.altKey || !isUsable(code)) {
      return setRefusal({ action, text: t('keys.unusable') })
    }
    choose(action, code)
  }

  return (
    <section className="panel" aria-labelledby="preferences-keys">
      <div className="panelHead">
        <h2 id="preferences-keys">{t('keys.title')}</h2>
        <span className="push" />
        <Button
          disabled={Object.keys(keys).length === 0 || change.isPending}
          onClick={() => {
            setRefusal(null)
            change.mutate({ keys: {} })
          }}
        >
          {t('keys.reset')}
        </Button>
      </div>
      <div className="panelBody">
        <p className="sm t2">{t('keys.about')}</p>
        {groups.map(({ group, actions }) => (
          <div key={group}>
            <h3 className={css.group}>{t(`shell:group.${group}`)}</h3>
            <ul className={css.keys}>
              {actions.map((action) => (
                <li key={action}>
                  <span>{nameOf(action)}</span>
                  {isOwn(action) ? (
                    <span className="xs t3">
                      {t('keys.instead', { caps: capsOf(bindings[action].codes[0]!).join(' ') })}
                    </span>
                  ) : null}
                  <Button
                    className={css.key}
                    aria-label={t('keys.change', {
                      act: nameOf(action),
                      caps: keymap[action].caps.join(' '),
                    })}
                    data-waiting={waiting === action || undefined}
                    onClick={() => {
                      setRefusal(null)
                      setWaiting(waiting === action ? null : action)
                    }}
                    onBlur={() => {
                      setWaiting(null)
                      setRefusal(null)
                    }}
                    onKeyDown={(event) => hear(event, action)}
                  >
                    {waiting === action ? (
                      t('keys.press')
                    ) : (
                      <bdi dir="ltr" className="row4">
                        {keymap[action].caps.map((cap) => (
                          <Kbd key={cap}>{cap}</Kbd>
                        ))}
                      </bdi>
                    )}
                  </Button>
                  {refusal?.action === action ? (
                    <p className="sm bad" role="alert">
                      {refusal.text}
                    </p>
                  ) : null}
                </li>
              ))}
            </ul>
          </div>
        ))}
        {change.isError ? (
          <p className="sm bad" role="alert">
            {t('failed')}
          </p>
        ) : null}
      </div>
    </section>
  )
}
