# Made once, handed on without being written into Terraform's state, and replaced only where their version is raised.

locals {
  # Letters and figures only: it stands in an address.
  password_length = 48
}

resource "aws_secretsmanager_secret" "made" {
  for_each    = toset(["secret_key", "database_password", "database_url", "metrics_token"])
  name_prefix = "complianceai/${each.value}-"
  description = "${upper(each.value)} of ComplianceAI"
}

ephemeral "aws_secretsmanager_random_password" "made" {
  for_each            = toset(["secret_key", "database_password", "metrics_token"])
  password_length     = local.password_length
  exclude_punctuation = true
}

resource "aws_secretsmanager_secret_version" "secret_key" {
  secret_id                = aws_secretsmanager_secret.made["secret_key"].id
  secret_string_wo         = ephemeral.aws_secretsmanager_random_password.made["secret_key"].random_password
  secret_string_wo_version = 1
}

resource "aws_secretsmanager_secret_version" "metrics_token" {
  secret_id                = aws_secretsmanager_secret.made["metrics_token"].id
  secret_string_wo         = ephemeral.aws_secretsmanager_random_password.made["metrics_token"].random_password
  secret_string_wo_version = 1
}

resource "aws_secretsmanager_secret_version" "database_password" {
  secret_id                = aws_secretsmanager_secret.made["database_password"].id
  secret_string_wo         = ephemeral.aws_secretsmanager_random_password.made["database_password"].random_password
  secret_string_wo_version = var.database_password_version
}

# Read back, since a password made anew at each run would be another one for the database than for those who call it.
ephemeral "aws_secretsmanager_secret_version" "database_password" {
  secret_id = aws_secretsmanager_secret_version.database_password.secret_id
}

resource "aws_secretsmanager_secret_version" "database_url" {
  secret_id = aws_secretsmanager_secret.made["database_url"].id
  secret_string_wo = join("", [
    "postgresql://complianceai:",
    ephemeral.aws_secretsmanager_secret_version.database_password.secret_string,
    "@${aws_db_instance.main.endpoint}/complianceai?sslmode=require",
  ])
  secret_string_wo_version = var.database_password_version
}
