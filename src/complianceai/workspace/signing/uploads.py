"""Which bodies of signing may be larger than others."""

import re

from complianceai.site.limits import ONE_MEGABYTE, LargerLimit

MOST_COPY_BYTES = 32 * ONE_MEGABYTE
# A copy with its form around it.
LARGER: LargerLimit = (re.compile("/papers/check"), MOST_COPY_BYTES + ONE_MEGABYTE)
