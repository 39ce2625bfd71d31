import { ActionIcon, Menu } from '@mantine/core'
import { IconTextPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { reasonsQuery } from '#client/api/reasons.ts'
import { policiesQuery } from '#client/api/reference-data.ts'
import { Kbd } from '#client/ui/Kbd.tsx'
import { platformName } from '#client/ui/tags.tsx'
import { useKeys } from '#client/ui/use-keys.ts'
import type { ReasonUse } from '#shared/contract/reasons.ts'
import type { ReviewDetail } from '#shared/contract/reviews.ts'
import { fillReason, wordsFor } from '#shared/domain/canned-reasons.ts'
import { inMain } from '../decision/parts/in-main.ts'
import { fittingReasons } from './fitting-reasons.ts'
import css from './reasons.module.css'

/** Digits the board has. */
const digits = 9

type Props = {
  review: ReviewDetail['review']
  use: ReasonUse
  /** The clauses it may be about: the chosen one, or else those suspected. */
  clauses: readonly string[]
  onInsert: (text: string) => void
  /** Opens at `⇧F`, where two of these are on the desk. */
  hasKey: boolean
  isDisabled?: boolean
}

/** Words kept ready: chosen by a digit, they go to the cursor of the field beside it. */
export function ReasonMenu({ review, use, clauses, onInsert, hasKey, isDisabled = false }: Props) {
  const { t, i18n } = useTranslation('reasons')
  const navigate = useNavigate()
  const [isOpen, setOpen] = useState(false)
  const { data, isError } = useQuery({ ...reasonsQuery, enabled: isOpen })
  const { data: policies } = useQuery({ ...policiesQuery, enabled: isOpen })
  const offered = fittingReasons(data ?? [], { use, clauses })
  const codeOf = (id: string | null) => (id ? (policies?.get(id)?.code ?? id) : t('general'))
  const clause = policies?.get(clauses[0] ?? '')
  const facts = {
    handle: review.handle,
    reference: review.reference,
    clause: clause ? `${clause.code} ${clause.shortName}` : null,
    platform: platformName(review.platform),
  }
  const words = (texts: Record<string, string>) => fillReason(wordsFor(texts, [i18n.language]), facts)

  useKeys(hasKey && !isDisabled ? { cannedReasons: () => setOpen(true) } : {})

  function take(index: number) {
    const reason = offered[index]
    if (!reason) return
    setOpen(false)
    onInsert(words(reason.texts))
  }
  return (
    <>
      {isOpen ? <MenuKeys onDigit={take} /> : null}
      <Menu
        opened={isOpen}
        onChange={setOpen}
        width={340}
        position="top-end"
        portalProps={inMain()}
        transitionProps={{ duration: 0 }}
        clickOutsideEvents={['mousedown', 'touchstart']}
        returnFocus={false}
      >
        <Menu.Target>
          <ActionIcon
            className={css.open}
            size={22}
            disabled={isDisabled}
            aria-label={t(`insert.${use}`)}
            title={hasKey ? t('insert.key') : t(`insert.${use}`)}
          >
            <IconTextPlus size={14} stroke={1.8} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown className={css.menu}>
          <Menu.Label>{t('title')}</Menu.Label>
          {offered.map((reason, index) => (
            <Menu.Item
              key={reason.id}
              onClick={() => take(index)}
              rightSection={
                index < digits ? (
                  <span aria-hidden>
                    <Kbd>{index + 1}</Kbd>
                  </span>
                ) : null
              }
            >
              <span className="row6">
                <span className="b">{reason.name}</span>
                <bdi className="xs t3">{codeOf(reason.policyId)}</bdi>
              </span>
              <span className={css.words} dir="auto">
                {words(reason.texts)}
              </span>
            </Menu.Item>
          ))}
          {data && offered.length === 0 ? <p className={`sm t3 ${css.none}`}>{t('noneFits')}</p> : null}
          {isError ? <p className={`sm bad ${css.none}`}>{t('failed')}</p> : null}
          {clause ? (
            <>
              <Menu.Divider />
              <Menu.Item onClick={() => void navigate({ to: '/policies/$policyId', params: { policyId: clause.id } })}>
                {t('manage')}
              </Menu.Item>
            </>
          ) : null}
        </Menu.Dropdown>
      </Menu>
    </>
  )
}

/** There only while the menu is open. */
function MenuKeys({ onDigit }: { onDigit: (index: number) => void }) {
  useKeys({ menuChoice: (_event, index) => onDigit(index) }, { isExclusive: true })
  return null
}
