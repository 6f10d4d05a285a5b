"""Pictures: read whole and written again from their dots alone, so that nothing of what the camera noted is left."""

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from openmappa.notes.uploads.refusal import Refused

MOST_DOTS = 50_000_000
AS_THEY_ARE = frozenset({"1", "L", "LA", "RGB", "RGBA"})
UNREADABLE = "This picture cannot be read: it is damaged, or it is something else. Open it, save it again and try."


def jpeg(content: bytes) -> bytes:
    """A JPEG again, upright, without EXIF (place, time, camera), comments, thumbnails or anything after its end."""
    image = _dots(content, "JPEG")
    return _written(image if image.mode in ("L", "RGB") else image.convert("RGB"), "JPEG", quality=92)


def png(content: bytes) -> bytes:
    """A PNG again, without its texts and profiles or anything after its end."""
    return _written(_dots(content, "PNG"), "PNG", optimize=False)


def _dots(content: bytes, kind: str) -> Image.Image:
    """The picture as nothing but its dots. Raises Refused for what is damaged, too large, or moves."""
    Image.MAX_IMAGE_PIXELS = MOST_DOTS
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            opened = Image.open(io.BytesIO(content), formats=[kind])
            if kind == "PNG" and getattr(opened, "n_frames", 1) > 1:
                raise Refused("This picture moves. Save the one frame that matters as a picture of its own.")
            upright = ImageOps.exif_transpose(opened)
            if upright.mode not in AS_THEY_ARE:
                upright = upright.convert("RGBA" if "transparency" in upright.info else "RGB")
            return Image.frombytes(upright.mode, upright.size, upright.tobytes())
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        limit = MOST_DOTS // 1_000_000
        raise Refused(f"This picture has more than {limit} million dots. Save it in a smaller size.") from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, KeyError, MemoryError):
        raise Refused(UNREADABLE) from None


def _written(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()
