/** The largest file that an applicant hands in. */
export const FILE_MAX_BYTES = 10 * 1024 * 1024;
/** What one person may keep here: files in applications and in their collection of works together. */
export const MOST_FILES = 100;
export const MOST_FILE_BYTES = 200 * 1024 * 1024;
/** How many works a person collects, and how many of them one application shows. */
export const MOST_WORKS = 50;
export const MOST_SHOWN_WORKS = 10;

/** The kinds of file that are taken, by what their bytes say they are. */
export const FILE_TYPES: Readonly<Record<string, string>> = {
  "application/pdf": "PDF",
  "image/png": "PNG",
  "image/jpeg": "JPEG",
  "image/webp": "WebP",
  "image/gif": "GIF",
  "audio/mpeg": "MP3",
  "video/mp4": "MP4",
  "application/zip": "ZIP",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word",
  "application/vnd.openxmlformats-officedocument.presentationml.presentation": "PowerPoint",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Excel",
  "application/vnd.oasis.opendocument.text": "OpenDocument text",
  "text/plain": "plain text",
};

/** What a field for a file says beside it. */
export const FILE_HINT =
  "Up to 10 MB: PDF, PNG, JPEG, WebP, GIF, MP3, MP4, ZIP, Word, PowerPoint, Excel, OpenDocument or plain text.";

/** A size as read: `340 kB`, `2.4 MB`. */
export function fileSize(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1_000)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
