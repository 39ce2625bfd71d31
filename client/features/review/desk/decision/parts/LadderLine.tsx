import { Button, TextInput } from '@mantine/core'
import type { KeyboardEvent, Ref } from 'react'
import { useTranslation } from 'react-i18next'
import { useJudging } from '#client/ui/judging.ts'
import { KeyCap } from '#client/ui/Kbd.tsx'
import { follows } from '#shared/domain/strikes.ts'
import css from '../decision.module.css'
import { measuresOf } from '../decision-draft.ts'
import type { LadderSays } from '../ladder.ts'
import { keepFocus } from './OptionGroup.tsx'
import type { PartProps } from './panel-parts.ts'

type Props = PartProps & {
  says: LadderSays
  reason: Ref<HTMLInputElement>
  onFollow: () => void
  onKeyDown: (event: KeyboardEvent) => void
}

const mostReason = 1_000

/** What the account’s strikes lead to with this violation, and why; whoever does otherwise says why. */
export function LadderLine({ says, draft, policies, isSending, onChange, reason, onFollow, onKeyDown }: Props) {
  const { t } = useTranslation('judging')
  const judging = useJudging()
  const { before, added, step } = says
  const clause = policies.get(draft.clause ?? '')?.code ?? ''
  const differs = step !== null && !follows(step, measuresOf(draft), new Date())
  const sum = <bdi className="t2 num">{t('ladder.sum', { before, added, clause, total: before + added })}</bdi>
  return (
    <div className={css.ladder} data-step={step !== null || undefined}>
      <span className={css.ladderWords}>
        {step ? <span className={css.hint} /> : null}
        <b className="b cut">{step ? t('ladder.leads', { step: judging.step(step) }) : t('ladder.stronger')}</b>
        {differs ? null : sum}
      </span>
      {differs ? (
        <>
          <Button
            size="compact-xs"
            disabled={isSending}
            onClick={onFollow}
            rightSection={<KeyCap action="followLadder" />}
            {...keepFocus}
          >
            {t('ladder.follow')}
          </Button>
          <span className={css.ladderWhy}>
            {sum}
            <TextInput
              ref={reason}
              className="grow"
              size="xs"
              aria-label={t('ladder.why')}
              placeholder={t('ladder.why')}
              maxLength={mostReason}
              value={draft.ladderReason ?? ''}
              readOnly={isSending}
              onKeyDown={onKeyDown}
              onChange={(event) => onChange({ type: 'ladderReason', value: event.currentTarget.value })}
            />
          </span>
        </>
      ) : null}
    </div>
  )
}
