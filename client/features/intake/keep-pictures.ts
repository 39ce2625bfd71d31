import { ApiError, sendFile } from '#client/api/call.ts'
import { uploadMedia } from '#shared/contract/media.ts'
import { type Picture, putPicture, useFlagStore, waitingFiles } from './flag.store.ts'

/** Pictures among what was dropped or pasted. */
export function picturesIn(files: Iterable<File>): File[] {
  return [...files].filter((file) => file.type.startsWith('image/') || file.type.startsWith('video/'))
}

/** Sends files to the server at once, so that a flag names what is already kept. */
export function addPictures(files: readonly File[]) {
  for (const file of files) {
    const picture: Picture = {
      key: crypto.randomUUID(),
      name: file.name || 'picture',
      size: file.size,
      state: 'sending',
      sha256: null,
      refusal: null,
    }
    waitingFiles.set(picture.key, file)
    void keep(picture)
  }
}

export function tryAgain(picture: Picture) {
  void keep({ ...picture, state: 'sending', refusal: null })
}

async function keep(picture: Picture) {
  const file = waitingFiles.get(picture.key)
  if (!file) return
  putPicture(picture)
  try {
    const { sha256 } = await sendFile(uploadMedia, file)
    settle({ ...picture, state: 'kept', sha256 })
    waitingFiles.delete(picture.key)
  } catch (error) {
    const isRefused = error instanceof ApiError && error.status < 500
    settle({ ...picture, state: 'failed', refusal: isRefused ? error.body.message : null })
  }
}

/** A picture that was taken off meanwhile does not come back. */
function settle(picture: Picture) {
  if (useFlagStore.getState().pictures.some(({ key }) => key === picture.key)) putPicture(picture)
}
