import type { z } from 'zod'
import type { writeReason } from '#shared/contract/reasons.ts'

type Reason = Pick<z.output<typeof writeReason.body>, 'policyId' | 'uses' | 'name' | 'texts'>

/** Words that the house of the sample keeps ready. */
export const sampleReasons: Reason[] = [
  {
    policyId: 'tve.recruitment',
    uses: ['rationale'],
    name: 'Announces own travel',
    texts: {
      en: '{handle} announces travel of their own to a listed group and gives a place. Weighed against news, research and art; none holds.',
      ru: '{handle} сообщает о собственной поездке к группе из списка и называет место. Новость, исследование и искусство взвешены, не подходят.',
      kk: '{handle} тізімдегі топқа өзі баратынын айтып, жерін атайды. Жаңалық, зерттеу және өнер таразыланды, сәйкес келмейді.',
    },
  },
  {
    policyId: 'tve.recruitment',
    uses: ['rationale'],
    name: 'Documents destroyed',
    texts: {
      en: 'Shows documents being destroyed together with a statement of joining. The pictures alone would not be enough.',
      ru: 'Показано уничтожение документов вместе с заявлением о вступлении. Одних снимков было бы недостаточно.',
    },
  },
  {
    policyId: 'tve.recruitment',
    uses: ['rationale'],
    name: 'Calls on others to come',
    texts: {
      en: 'Calls on others to join and offers a way or a contact.',
      ru: 'Призывает других вступить и предлагает путь или связь.',
    },
  },
  {
    policyId: 'tve.glorification',
    uses: ['rationale'],
    name: 'Praise, no frame',
    texts: {
      en: 'Praises a listed group or its deeds. No distance, no source, no frame of news or research.',
      ru: 'Восхваляет группу из списка или её дела. Нет ни дистанции, ни источника, ни рамки новости или исследования.',
    },
  },
  {
    policyId: 'news',
    uses: ['rationale'],
    name: 'Report that names its source',
    texts: {
      en: 'A report that quotes in order to inform and names its source. Stays; the frame was judged, not the photograph.',
      ru: 'Сообщение, которое цитирует, чтобы известить, и называет источник. Остаётся: оценена рамка, а не снимок.',
    },
  },
  {
    policyId: null,
    uses: ['rationale', 'note'],
    name: 'Judged on its own words',
    texts: {
      en: 'A link to another account explains why we look at {handle}. What is decided is this post, by its own words.',
      ru: 'Связь с другим аккаунтом объясняет, почему мы смотрим на {handle}. Решается эта публикация, по её собственным словам.',
    },
  },
  {
    policyId: null,
    uses: ['note'],
    name: 'Claims, not findings',
    texts: {
      en: 'Place and age are the account’s own claims. Nothing in the pictures confirms them.',
      ru: 'Место и возраст заявлены самим аккаунтом. На снимках их ничто не подтверждает.',
    },
  },
  {
    policyId: null,
    uses: ['note'],
    name: 'Asked the sender',
    texts: {
      en: 'Asked the sender of {reference} for the full series and the original captions.',
      ru: 'У отправителя {reference} запрошены вся серия и исходные подписи.',
    },
  },
]
