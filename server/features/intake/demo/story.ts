import type { SampleAccount, SampleFlag, SamplePost } from './sample.ts'

// The guiding story. Invented persons, invented captions, drawn pictures. One person posts under one account, is
// blocked, deletes it, opens a second one and shows there how a passport is destroyed; others pass the pictures on,
// a researcher keeps a copy, and a newspaper reports. The last post is about a day old whenever the sample is loaded.

const hour = 60
const day = 24 * hour
/** Minutes ago of the moment so many days before the series was posted. */
export const before = (days: number) => Math.round(1210 + days * day)

/** A minute after the decision: the platform followed it. */
const blockedAt = before(19) - 1
const deletedAt = before(13)

export const first: SampleAccount = {
  kind: 'person',
  externalId: 'vk-2819047',
  handle: 'artyom_atyrau',
  displayName: 'Артём Атырау',
  url: 'https://vk.example/artyom_atyrau',
  status: 'active',
  createdAt: before(410),
}
const firstBlocked: SampleAccount = {
  ...first,
  status: 'blocked',
  statusCause: 'Blocked by the platform on a decision',
  statusSince: blockedAt,
}
const firstDeleted: SampleAccount = {
  ...first,
  status: 'deleted',
  statusCause: 'Deleted by its owner',
  statusSince: deletedAt,
}
export const second: SampleAccount = {
  kind: 'person',
  externalId: 'vk-7740312',
  handle: 'artyom_2',
  displayName: 'Артём, 30',
  url: 'https://vk.example/artyom_2',
  status: 'active',
  createdAt: before(8),
}
const newspaper: SampleAccount = {
  kind: 'media',
  externalId: 'vk-1003355',
  handle: 'kaspiy_vestnik',
  displayName: 'Каспий вестник',
  url: 'https://vk.example/kaspiy_vestnik',
  status: 'active',
  createdAt: before(5_900),
}
const channel: SampleAccount = {
  kind: 'group',
  externalId: 'telegram-9917204',
  handle: 'doroga_bez_bumag',
  displayName: 'Дорога без бумаг',
  url: 'https://telegram.example/doroga_bez_bumag',
  status: 'active',
  createdAt: before(61),
}
const follower: SampleAccount = {
  kind: 'person',
  externalId: 'vk-5526190',
  handle: 'stepnoy_golos_7',
  displayName: 'Степной голос',
  url: 'https://vk.example/stepnoy_golos_7',
  status: 'active',
  createdAt: before(230),
}
const researcher: SampleAccount = {
  kind: 'person',
  externalId: 'x-6402218',
  handle: 'caspian_archive_lab',
  displayName: 'Caspian Archive Lab',
  url: 'https://x.example/caspian_archive_lab',
  status: 'active',
  createdAt: before(1_900),
}
const falcon: SampleAccount = {
  kind: 'person',
  externalId: 'telegram-4410877',
  handle: 'sokol_77',
  displayName: 'Сокол',
  url: 'https://telegram.example/sokol_77',
  status: 'active',
  createdAt: before(15),
}

const post = (platform: string, id: string, postedAt: number, caption: string, more: Partial<SamplePost> = {}) =>
  ({
    kind: 'post',
    platform,
    externalId: `story-${id}`,
    url: `https://${platform}.example/story-${id}`,
    postedAt,
    language: 'ru',
    caption,
    ...more,
  }) satisfies SamplePost
const pictures = (...files: string[]) => ({ media: files.map((file) => ({ file })) })

const steppe = post('vk', 'steppe', before(44), 'Степь с утра. Здесь меня никто не спросит, чей я.', {
  reach: 310,
  ...pictures('road.jpg'),
})
const laws = post('vk', 'laws', before(34), 'Тагут пишет законы, а люди им верят. Я больше не верю.', {
  reach: 1_240,
  ...pictures('river-bridge.jpg', 'crowd.jpg'),
})
const door = post('vk', 'door', before(29), 'Дверь закрыта снаружи. Выход нашёл сам.', {
  reach: 480,
  ...pictures('doorway.jpg'),
})
const son = post(
  'vk',
  'son',
  before(27),
  'Сын спросил, зачем человеку паспорт. Я ответил: чтобы тагут знал, где тебя искать.',
  { reach: 2_900, ...pictures('walkers.jpg') },
)
const call = post(
  'vk',
  'call',
  before(21),
  'Кто устал жить по бумагам тагута, пишите в личные. Дорогу подскажу, попутчики есть.',
  { reach: 6_700, ...pictures('route-map.png', 'road.jpg') },
)
const fresh = post('vk', 'fresh', before(7.6), 'Новая страница. Старую закрыли, имя осталось.', {
  reach: 90,
  claimedPlace: 'Мосул',
})
const youngest = post('vk', 'youngest', before(4), 'Младший уже держит шаг. Паспорта у него нет и не будет.', {
  reach: 1_100,
  claimedPlace: 'Мосул',
  ...pictures('walkers.jpg'),
})
/** By the people who sent the flag. */
const seriesInEnglish = [
  'Three pictures. I no longer need the papers of the taghut. Writing from Mosul.',
  'Still whole.',
  'The taghut issued it, I tore it.',
  'The fire took the rest.',
].map((text, index) => ({
  language: 'en',
  text,
  translator: 'Field office, Almaty',
  ...(index > 0 && { of: { part: 'media' as const, index: index - 1 } }),
}))
const series = post('vk', 'series', before(0), 'Три снимка. Бумаги тагута мне больше не нужны. Пишу из Мосула.', {
  reach: 5_400,
  claimedPlace: 'Мосул',
  context: [{ author: 'sosed_s_reki', text: 'Артём, ты где теперь?' }],
  translations: seriesInEnglish,
  media: [
    { file: 'series-1.jpg', caption: 'Пока целый.' },
    { file: 'series-2.jpg', caption: 'Тагут выдал, я порвал.' },
    { file: 'series-3.jpg', caption: 'Остальное забрал огонь.' },
  ],
})
const passedOn = post('telegram', 'passed-on', before(0) - 160, 'Смотрите, как это делается. Переслано.', {
  reach: 8_800,
  ...pictures('series-2-cut.jpg', 'series-3-bar.jpg'),
})
const oneOfUs = post('vk', 'one-of-us', before(0) - 390, 'Один из наших уже так сделал.', {
  reach: 640,
  ...pictures('series-3-mirror.jpg'),
})
const archive = post(
  'x',
  'archive',
  before(0) - 640,
  'Archive copy for colleagues, account withheld. Note the caption: "taghut", in classical use a false object of worship, stands here for any state with an office and a stamp.',
  { language: 'en', reach: 2_300, ...pictures('series-2-cut.jpg') },
)
const wordless = post('telegram', 'wordless', 420, 'Без слов.', { reach: 3_900, ...pictures('series-3-mirror.jpg') })
const report = post(
  'vk',
  'report',
  125,
  'Житель Атырау показал, как рвёт и сжигает свой паспорт. Прежнюю страницу этого человека закрыли три недели назад, подтвердил источник редакции. Словом «тагут», которым подписаны снимки, вербовщики называют любое светское государство. Лицо и номер документа редакция скрыла.',
  { reach: 41_000, media: [{ file: 'news-frame.jpg', caption: 'Кадр из публикации. Обработка редакции.' }] },
)
const pageClosed = post(
  'vk',
  'page-closed',
  before(17),
  'Страницу, где звали в дорогу, закрыли. Что известно о её авторе и кто ему писал.',
  { reach: 22_500, ...pictures('doorway.jpg') },
)
const court = post('vk', 'court', before(39), 'Суд в Атырау вынес приговор вербовщику. Защита намерена обжаловать.', {
  reach: 18_300,
  ...pictures('crowd.jpg'),
})
const flood = post('vk', 'flood', before(24), 'Паводок на Урале: мост закрыт для грузовиков до четверга.', {
  reach: 9_700,
  ...pictures('river-bridge.jpg'),
})

export const story = {
  steppe,
  laws,
  son,
  call,
  fresh,
  youngest,
  series,
  passedOn,
  oneOfUs,
  archive,
  wordless,
  report,
  pageClosed,
  court,
  flood,
}

let number = 0
function flag(
  kind: SampleFlag['source']['kind'],
  name: string,
  about: SamplePost,
  account: SampleAccount,
  flaggedAt: number,
  reason: SampleFlag['reason'],
): SampleFlag {
  number += 1
  const source = { kind, name, externalId: `story-${number}` }
  return { source, ...reporterOf(kind, name), reason, flaggedAt, post: about, account }
}
function reporterOf(kind: SampleFlag['source']['kind'], name: string): Pick<SampleFlag, 'reporter'> {
  if (kind === 'user_report') return { reporter: { externalId: `u-${5_000 + number}` } }
  if (kind === 'trusted_flagger') return { reporter: { externalId: 'tf-1', name: 'Caspian Hotline (sample)' } }
  if (kind === 'removal_order') return { reporter: { externalId: name, name: 'Competent authority (sample)' } }
  return {}
}
const user = (about: SamplePost, account: SampleAccount, at: number, code: string, text?: string) =>
  flag('user_report', `${about.platform}-intake`, about, account, at, { code, ...(text && { text }) })
const hash = (about: SamplePost, account: SampleAccount, at: number, text: string) =>
  flag('hash_match', 'hash-bank', about, account, at, { code: 'known_media', policy: 'tve.supporter-media', text })
const hotline = (about: SamplePost, account: SampleAccount, at: number, policy: string, text: string) =>
  flag('trusted_flagger', 'hotline-caspian', about, account, at, { code: 'extremism', policy, text })
const model = (about: SamplePost, account: SampleAccount, at: number, policy: string, score: number) =>
  flag('classifier', 'text-model-3', about, account, at, { code: 'extremism', policy, score })
const order = (about: SamplePost, account: SampleAccount, at: number, policy: string, text: string) =>
  flag('removal_order', 'order-portal', about, account, at, { code: 'terrorist_content', policy, text })

/** More reports within an hour and a half on a newspaper: most come from accounts that object to the report. */
const objections = Array.from({ length: 12 }, (_, index) =>
  user(
    report,
    newspaper,
    108 - index * 7,
    index % 3 === 2 ? 'extremism' : 'violence',
    index === 4 ? 'Показывают запрещённое' : undefined,
  ),
)

export const storyFlags: SampleFlag[] = [
  user(steppe, first, before(43), 'extremism', 'Странный человек, проверьте'),
  user(court, newspaper, before(38.6), 'extremism'),
  model(laws, first, before(33.9), 've.extremist-ideology', 0.71),
  user(laws, first, before(33.5), 'extremism', 'Призывает не слушать законы'),
  hotline(son, first, before(26.6), 'tve.glorification', 'Uses the coded term next to a child.'),
  user(son, first, before(26.4), 'child_safety', 'Втягивает ребёнка'),
  user(flood, newspaper, before(23.7), 'spam'),
  model(call, first, before(20.9), 'tve.recruitment', 0.93),
  hotline(call, first, before(20.2), 'tve.recruitment', 'Offers travel help in private messages.'),
  user(call, first, before(20.1), 'extremism', 'Зовёт уехать, мне писал тоже'),
  user(laws, firstBlocked, before(17.5), 'other', 'Страница закрыта, а запись видна'),
  order(pageClosed, newspaper, before(16.4), 'tve.glorification', 'Order 2417/26, concerns the first picture.'),
  user(pageClosed, newspaper, before(16.1), 'violence'),
  user(steppe, firstDeleted, before(12), 'other', 'Его страницы больше нет'),
  user(fresh, second, before(7.2), 'extremism', 'Это тот же человек, его уже блокировали'),
  hotline(
    youngest,
    second,
    before(2.8),
    'tve.supporter-media',
    'A child is shown again, from behind. Please check first.',
  ),
  hotline(door, firstDeleted, before(1.1), 'tve.supporter-media', 'For completeness: last post of the deleted page.'),
  user(series, second, before(0) - 7, 'recruitment', 'Показывает дорогу другим'),
  user(series, second, before(0) - 31, 'violence', 'Жжёт документы и зовёт других'),
  user(series, second, before(0) - 118, 'extremism', 'Опять он'),
  user(series, second, before(0) - 240, 'other'),
  user(series, second, before(0) - 305, 'violence'),
  hotline(series, second, before(0) - 430, 'tve.recruitment', 'Travel to a listed group, shown as done.'),
  hash(passedOn, channel, before(0) - 180, 'Photo 1 is near photo 2 of the series, distance 12 of 31'),
  user(passedOn, channel, before(0) - 190, 'extremism'),
  hash(oneOfUs, follower, before(0) - 430, 'Photo 1 is photo 3 of the series, mirrored'),
  hash(archive, researcher, before(0) - 700, 'Photo 1 is near photo 2 of the series, distance 12 of 31'),
  hash(wordless, falcon, 410, 'Photo 1 is photo 3 of the series, mirrored'),
  model(wordless, falcon, 405, 'tve.supporter-media', 0.44),
  user(wordless, falcon, 350, 'extremism', 'Уже третий канал с этой картинкой'),
  user(wordless, falcon, 190, 'violence'),
  user(report, newspaper, 116, 'terrorism', 'Это реклама боевиков'),
  hash(report, newspaper, 112, 'Photo 1 is near photo 2 of the series, distance 18 of 31'),
  ...objections,
  hash(series, second, 46, 'Photo 2 is near a picture of the bank "Case 0713", distance 18 of 31'),
  hash(series, second, 46, 'Photo 3 is near a picture of the bank "Case 0713", distance 24 of 31'),
  order(series, second, 38, 'tve.recruitment', 'Order 2026/0713. Ground: recruitment. One hour.'),
].sort((a, b) => b.flaggedAt - a.flaggedAt)
