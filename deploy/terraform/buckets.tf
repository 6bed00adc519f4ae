# What people put in, and backups of everything: private, encrypted, and what is overwritten or removed stays for a while.

locals {
  # By use, how many days a version outlives its removal.
  buckets = { files = 90, backups = 30 }
}

resource "aws_s3_bucket" "kept" {
  for_each      = local.buckets
  bucket_prefix = "complianceai-${each.key}-"

  lifecycle { prevent_destroy = true }
}

resource "aws_s3_bucket_public_access_block" "kept" {
  for_each                = aws_s3_bucket.kept
  bucket                  = each.value.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "kept" {
  for_each = aws_s3_bucket.kept
  bucket   = each.value.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_versioning" "kept" {
  for_each = aws_s3_bucket.kept
  bucket   = each.value.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "kept" {
  for_each = aws_s3_bucket.kept
  bucket   = each.value.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm = "aws:kms"
    }
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "kept" {
  for_each = local.buckets
  bucket   = aws_s3_bucket.kept[each.key].id

  rule {
    id     = "removed"
    status = "Enabled"
    filter {}

    noncurrent_version_expiration {
      noncurrent_days = each.value
    }

    expiration {
      expired_object_delete_marker = true
    }

    abort_incomplete_multipart_upload {
      days_after_initiation = 3
    }
  }

  depends_on = [aws_s3_bucket_versioning.kept]
}

data "aws_iam_policy_document" "only_tls" {
  for_each = aws_s3_bucket.kept

  statement {
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [each.value.arn, "${each.value.arn}/*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}

resource "aws_s3_bucket_policy" "only_tls" {
  for_each   = aws_s3_bucket.kept
  bucket     = each.value.id
  policy     = data.aws_iam_policy_document.only_tls[each.key].json
  depends_on = [aws_s3_bucket_public_access_block.kept]
}
