import { useState } from 'react'
import { createPortal } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { Endorsement, ExemptionTest, Publisher, Purpose } from '#shared/domain/exemption-test.ts'
import { TurnForm } from '../../turns/TurnForm.tsx'
import turnsCss from '../../turns/turns.module.css'
import { inMain } from './in-main.ts'

type Props = { test: ExemptionTest | null; onAnswer: (test: ExemptionTest) => void; onClose: () => void }

/** Who publishes, to what end, and whether it is endorsed: each by its digit, then on to the exemptions. */
export function ExemptionTestForm({ test, onAnswer, onClose }: Props) {
  const { t } = useTranslation('judging')
  const [answers, setAnswers] = useState<Partial<ExemptionTest>>(test ?? { text: '' })
  const [isMissing, setMissing] = useState(false)
  const put = (change: object) => setAnswers((before) => ({ ...before, ...change }))
  const questions = [
    { name: 'publisher', values: Publisher.options, wordOf: (value: Publisher) => t(`test.publisher.${value}`) },
    { name: 'purpose', values: Purpose.options, wordOf: (value: Purpose) => t(`test.purpose.${value}`) },
    { name: 'endorsed', values: Endorsement.options, wordOf: (value: Endorsement) => t(`test.endorsed.${value}`) },
  ] as const
  const open = questions.filter(({ name }) => !answers[name]).map(({ name }) => t(`test.${name}`))

  function send() {
    const { success, data } = ExemptionTest.safeParse(answers)
    if (success) return onAnswer(data)
    return setMissing(true)
  }
  return createPortal(
    <div className={turnsCss.panel}>
      <TurnForm
        title={t('test.title')}
        groups={questions.map(({ name, values, wordOf }) => ({
          name: t(`test.${name}`),
          choices: values.map((value) => ({ value, label: wordOf(value as never) })),
          chosen: answers[name] ?? null,
          onChoose: (value: string) => put({ [name]: value }),
        }))}
        text={{ label: t('test.text'), rows: 1, value: answers.text ?? '', onChange: (text) => put({ text }) }}
        send={t('test.apply')}
        isSending={false}
        problem={isMissing && open.length > 0 ? t('test.missing', { what: open.join(', ') }) : null}
        onSend={send}
        onClose={onClose}
      />
    </div>,
    inMain().target,
  )
}
