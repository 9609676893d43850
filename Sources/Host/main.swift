print("luneta")
