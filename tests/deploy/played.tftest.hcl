# The whole of it planned against a cloud that is played, with every value that only the cloud knows made up.

mock_provider "aws" {
  override_during = plan

  mock_data "aws_availability_zones" {
    defaults = { names = ["ap-south-1a", "ap-south-1b", "ap-south-1c"] }
  }

  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }

  mock_resource "aws_secretsmanager_secret" {
    defaults = { arn = "arn:aws:secretsmanager:ap-south-1:123456789012:secret:played" }
  }

  mock_resource "aws_s3_bucket" {
    defaults = { id = "played" }
  }

  mock_resource "aws_elasticache_replication_group" {
    defaults = { primary_endpoint_address = "played.cache.example" }
  }
}

variables {
  host              = "compliance.example"
  certificate_arn   = "arn:aws:acm:ap-south-1:123456789012:certificate/00000000-0000-0000-0000-000000000000"
  image             = "123456789012.dkr.ecr.ap-south-1.amazonaws.com/complianceai:first"
  github_repository = "example/complianceai"
  settings          = { MAIL_FROM = "dates@compliance.example" }
  secret_settings   = { SMTP_URL = "arn:aws:secretsmanager:ap-south-1:123456789012:secret:smtp" }
}

run "plan" {
  command = plan

  assert {
    condition = alltrue([
      for task in aws_ecs_task_definition.main :
      jsondecode(task.container_definitions)[0].name == "complianceai"
      && jsondecode(task.container_definitions)[0].readonlyRootFilesystem
    ])
    error_message = "deploy/roll-out asks for a container named complianceai, and its root is not to be written to."
  }

  assert {
    condition = contains(
      [for each in jsondecode(aws_ecs_task_definition.main["worker"].container_definitions)[0].environment : each.name],
      "MAIL_FROM",
    )
    error_message = "Further settings do not reach the tasks."
  }

  assert {
    condition     = length(setsubtract(["SMTP_URL", "SECRET_KEY", "DATABASE_URL"], [for each in jsondecode(aws_ecs_task_definition.main["web"].container_definitions)[0].secrets : each.name])) == 0
    error_message = "Secrets do not reach the tasks."
  }

  assert {
    condition     = alltrue([for table in aws_route_table.private : length(table.route) == 1]) && length(aws_nat_gateway.out) == 1
    error_message = "Each private subnet has one way out, over the one gateway."
  }

  assert {
    condition     = toset(keys(aws_ecs_service.main)) == toset(["web", "worker"])
    error_message = "There is a web and a worker."
  }
}

run "without_github_and_with_a_gateway_in_each_zone" {
  command = plan

  variables {
    github_repository    = null
    gateway_in_each_zone = true
    zones                = 3
  }

  assert {
    condition     = length(aws_iam_role.github) == 0 && length(aws_iam_openid_connect_provider.github) == 0
    error_message = "Nobody asked for a way in from GitHub."
  }

  assert {
    condition     = length(aws_nat_gateway.out) == 3 && length(aws_subnet.private) == 3
    error_message = "Each zone was to have a gateway."
  }
}

run "one_zone_is_refused" {
  command = plan

  variables {
    zones = 1
  }

  expect_failures = [var.zones]
}
