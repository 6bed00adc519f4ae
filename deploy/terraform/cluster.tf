resource "aws_ecr_repository" "main" {
  name                 = "complianceai"
  image_tag_mutability = "IMMUTABLE"

  image_scanning_configuration {
    scan_on_push = true
  }
}

resource "aws_ecr_lifecycle_policy" "main" {
  repository = aws_ecr_repository.main.name
  policy = jsonencode({
    rules = [{
      rulePriority = 1
      description  = "The last fifty, any of which can be gone back to"
      selection    = { tagStatus = "any", countType = "imageCountMoreThan", countNumber = 50 }
      action       = { type = "expire" }
    }]
  })
}

resource "aws_cloudwatch_log_group" "main" {
  name              = "/complianceai"
  retention_in_days = var.log_days
}

resource "aws_ecs_cluster" "main" {
  name = "complianceai"

  setting {
    name  = "containerInsights"
    value = "enabled"
  }
}

locals {
  settings = merge({
    ENVIRONMENT     = "production"
    PUBLIC_URL      = "https://${var.host}"
    REDIS_URL       = "rediss://${aws_elasticache_replication_group.main.primary_endpoint_address}:6379/0"
    STORAGE_URL     = "s3://${aws_s3_bucket.kept["files"].id}"
    BACKUP_URL      = "s3://${aws_s3_bucket.kept["backups"].id}"
    TRUSTED_PROXIES = join(",", aws_subnet.public[*].cidr_block)
    AWS_REGION      = var.region
    # The root cannot be written to; what a task needs for a moment it puts here.
    DATA_DIR = "/data"
    TMPDIR   = "/data"
  }, var.settings)

  secrets = merge({
    SECRET_KEY    = aws_secretsmanager_secret.made["secret_key"].arn
    DATABASE_URL  = aws_secretsmanager_secret.made["database_url"].arn
    METRICS_TOKEN = aws_secretsmanager_secret.made["metrics_token"].arn
  }, var.secret_settings)

  # `deploy/roll-out` renews these by name: web and worker, with one container each.
  services = {
    web = {
      command = ["serve", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", "--no-worker"]
      ports   = [{ containerPort = 8000, protocol = "tcp" }]
      size    = var.web_size
      count   = var.web_count
      disk    = 21
    }
    worker = {
      command = ["worker"]
      ports   = []
      size    = var.worker_size
      count   = var.worker_count
      disk    = var.worker_disk_gigabytes
    }
  }
}

resource "aws_ecs_task_definition" "main" {
  for_each                 = local.services
  family                   = "complianceai-${each.key}"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = each.value.size.cpu
  memory                   = each.value.size.memory
  execution_role_arn       = aws_iam_role.start.arn
  task_role_arn            = aws_iam_role.run.arn

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = "X86_64"
  }

  ephemeral_storage {
    size_in_gib = each.value.disk
  }

  volume {
    name = "data"
  }

  container_definitions = jsonencode([{
    name                   = "complianceai"
    image                  = var.image
    essential              = true
    command                = each.value.command
    user                   = "10001"
    readonlyRootFilesystem = true
    # What is under way has thirty seconds to end.
    stopTimeout     = 60
    portMappings    = each.value.ports
    mountPoints     = [{ sourceVolume = "data", containerPath = "/data" }]
    linuxParameters = { initProcessEnabled = true, capabilities = { drop = ["ALL"] } }
    environment     = [for name in sort(keys(local.settings)) : { name = name, value = local.settings[name] }]
    secrets         = [for name in sort(keys(local.secrets)) : { name = name, valueFrom = local.secrets[name] }]
    logConfiguration = {
      logDriver = "awslogs"
      options = {
        awslogs-group         = aws_cloudwatch_log_group.main.name
        awslogs-region        = var.region
        awslogs-stream-prefix = each.key
      }
    }
  }])

  # A task that starts before they are written finds nothing to read.
  depends_on = [
    aws_secretsmanager_secret_version.secret_key,
    aws_secretsmanager_secret_version.metrics_token,
    aws_secretsmanager_secret_version.database_url,
  ]
}

resource "aws_ecs_service" "main" {
  for_each                           = local.services
  name                               = "complianceai-${each.key}"
  cluster                            = aws_ecs_cluster.main.id
  task_definition                    = aws_ecs_task_definition.main[each.key].arn
  desired_count                      = each.value.count.least
  launch_type                        = "FARGATE"
  deployment_minimum_healthy_percent = 100
  deployment_maximum_percent         = 200
  # The first start brings the database up to date.
  health_check_grace_period_seconds = each.key == "web" ? 120 : null

  network_configuration {
    subnets         = aws_subnet.private[*].id
    security_groups = [aws_security_group.tasks.id]
  }

  dynamic "load_balancer" {
    for_each = each.key == "web" ? [aws_lb_target_group.web.arn] : []

    content {
      target_group_arn = load_balancer.value
      container_name   = "complianceai"
      container_port   = 8000
    }
  }

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  lifecycle {
    # Brought by deploy/roll-out, and counted by the scaling below.
    ignore_changes = [task_definition, desired_count]
  }

  depends_on = [aws_lb_listener_rule.web, aws_iam_role_policy.secrets, aws_iam_role_policy.run]
}

resource "aws_appautoscaling_target" "main" {
  for_each           = local.services
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.main[each.key].name}"
  min_capacity       = each.value.count.least
  max_capacity       = each.value.count.most
}

resource "aws_appautoscaling_policy" "processor" {
  for_each           = local.services
  name               = "complianceai-${each.key}-processor"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.main[each.key].service_namespace
  scalable_dimension = aws_appautoscaling_target.main[each.key].scalable_dimension
  resource_id        = aws_appautoscaling_target.main[each.key].resource_id

  target_tracking_scaling_policy_configuration {
    target_value       = 60
    scale_out_cooldown = 60
    scale_in_cooldown  = 300

    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}
