import { useRef } from 'react'
import type { Id } from '@/api/types'
import { t } from '@/i18n'
import { Button, type ButtonVariant } from '@/ui/Button'
import { FolderUp, ImagePlus } from '@/ui/icons'
import { chosenFiles } from './dropped-files'
import { uploadQueue } from './uploads'

const ACCEPTED = '.jpg,.jpeg,.png,.webp,.tif,.tiff,.bmp,.zip,image/*'
/** Every browser knows it, React's types do not. */
const WHOLE_FOLDER = { webkitdirectory: '' }

interface UploadButtonProps {
  projectId: Id
  variant?: ButtonVariant
}

/** Opens the file dialog for images and zips. */
export function UploadButton({ projectId, variant = 'primary' }: UploadButtonProps) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <Button variant={variant} icon={<ImagePlus />} onPress={() => input.current?.click()}>
        {t('Upload images')}
      </Button>
      <input
        ref={input}
        className="visually-hidden"
        type="file"
        multiple
        accept={ACCEPTED}
        aria-label={t('Images or zips to upload')}
        tabIndex={-1}
        onChange={(event) => {
          uploadQueue.add(projectId, chosenFiles(event.currentTarget.files))
          // The same file may be chosen again.
          event.currentTarget.value = ''
        }}
      />
    </>
  )
}

/** Opens the file dialog for a whole folder. */
export function UploadFolderButton({ projectId }: { projectId: Id }) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <Button icon={<FolderUp />} onPress={() => input.current?.click()}>
        {t('Upload folder')}
      </Button>
      <input
        ref={input}
        className="visually-hidden"
        type="file"
        multiple
        {...WHOLE_FOLDER}
        aria-label={t('Folder to upload')}
        tabIndex={-1}
        onChange={(event) => {
          uploadQueue.add(projectId, chosenFiles(event.currentTarget.files))
          event.currentTarget.value = ''
        }}
      />
    </>
  )
}
