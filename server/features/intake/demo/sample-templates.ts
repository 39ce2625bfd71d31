import type { z } from 'zod'
import type { writeTemplate } from '#shared/contract/messages.ts'

type Template = Pick<z.output<typeof writeTemplate.body>, 'name' | 'occasion' | 'policyId' | 'measure' | 'texts'>

/** What the house of the sample writes to users. */
export const sampleTemplates: Template[] = [
  {
    name: 'Post removed',
    occasion: 'decision',
    policyId: null,
    measure: 'post.remove',
    texts: {
      en: 'Hello {{account}}, we have decided on your post: {{measure}}. It breaks rule {{clause}}. {{reason}}\n\nYou may appeal until {{appealUntil}}. Somebody else will look at it again. Number: {{reference}}.',
      ru: 'Здравствуйте, {{account}}. Мы приняли решение: {{measure}}. Нарушено правило {{clause}}. {{reason}}\n\nВы можете обжаловать решение до {{appealUntil}}. Его рассмотрит другой человек. Номер: {{reference}}.',
      kk: 'Сәлеметсіз бе, {{account}}. Біз шешім қабылдадық: {{measure}}. {{clause}} ережесі бұзылды. {{reason}}\n\nШешімге {{appealUntil}} дейін шағымдана аласыз. Оны басқа адам қарайды. Нөмірі: {{reference}}.',
      ar: 'مرحبًا {{account}}، اتخذنا قرارًا: {{measure}}. يخالف القاعدة {{clause}}. {{reason}}\n\nيمكنك الاعتراض حتى {{appealUntil}}، وسينظر فيه شخص آخر. الرقم: {{reference}}.',
    },
  },
  {
    name: 'Recruitment: what was meant',
    occasion: 'decision',
    policyId: 'tve.recruitment',
    measure: null,
    texts: {
      en: 'Hello {{account}}, we have decided: {{measure}}. Your words “{{quote}}” call on others to join a listed group (rule {{clause}}). You may appeal until {{appealUntil}}. Number: {{reference}}.',
      ru: 'Здравствуйте, {{account}}. Мы приняли решение: {{measure}}. Ваши слова «{{quote}}» зовут вступить в группу из списка (правило {{clause}}). Обжаловать можно до {{appealUntil}}. Номер: {{reference}}.',
    },
  },
  {
    name: 'Appeal upheld',
    occasion: 'upheld',
    policyId: null,
    measure: null,
    texts: {
      en: 'Hello {{account}}, somebody who had no part in the decision has looked at your appeal. It stands: {{measure}}. {{reason}} Number: {{reference}}.',
      ru: 'Здравствуйте, {{account}}. Вашу апелляцию рассмотрел человек, не причастный к решению. Оно остаётся в силе: {{measure}}. {{reason}} Номер: {{reference}}.',
    },
  },
  {
    name: 'Appeal reversed',
    occasion: 'reversed',
    policyId: null,
    measure: null,
    texts: {
      en: 'Hello {{account}}, you were right: the decision is taken back. What stands now: {{measure}}. We are sorry. Number: {{reference}}.',
      ru: 'Здравствуйте, {{account}}. Вы правы: решение отменено. Теперь: {{measure}}. Приносим извинения. Номер: {{reference}}.',
    },
  },
  {
    name: 'Appeal: decision changed',
    occasion: 'changed',
    policyId: null,
    measure: null,
    texts: {
      en: 'Hello {{account}}, the decision is changed after your appeal. What stands now: {{measure}}. {{reason}} Number: {{reference}}.',
      ru: 'Здравствуйте, {{account}}. После вашей апелляции решение изменено. Теперь: {{measure}}. {{reason}} Номер: {{reference}}.',
    },
  },
]
