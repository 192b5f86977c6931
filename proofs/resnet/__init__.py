"""Claims about quantum ResNet inference, [RHGPR25]."""
